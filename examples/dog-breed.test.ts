/*
 * The dog-breed pipeline, tested without a cluster: stub models answer in the places of the two classifiers. Copy it beside your own graph.
 */
import { graph } from './dog-breed';
import { GraphSimulator, ModelAnswer, StubModel } from 'cdk8s-kserve';

const picture = { instances: [{ data: 'aGVsbG8=' }] };

/** The pipeline, with a first model that sees this animal. */
function pipeline(animal: string): GraphSimulator {
  return GraphSimulator.of(graph)
    .withModel('cat-dog-classifier', StubModel.json({ predictions: [animal] }))
    .withModel('dog-breed-classifier', StubModel.json({ predictions: ['collie'] }));
}

test('a cat is answered by the first model', () => {
  pipeline('cat').send(picture).assertStatus(200).assertJson({ predictions: ['cat'] }).assertSkipped('dog_breed_classifier');
});

test('a dog goes on to the second model, with the picture that came in', () => {
  pipeline('dog').send(picture).assertStatus(200).assertJson({ predictions: ['collie'] }).assertReceived('dog_breed_classifier', picture);
});

test('a first model that answers no JSON fails the request', () => {
  pipeline('dog').withModel('cat-dog-classifier', StubModel.text('out of memory', { status: 503 })).send(picture)
    .assertStatus(500)
    .assertJson({ error: 'Failed to process request', cause: 'invalid response' });
});

test('a model that takes too long fails the request', () => {
  const slow = StubModel.json({ predictions: ['dog'] }, { delayMillis: 151_000 }); // serviceClient allows 150 s
  expect(pipeline('dog').withModel('cat-dog-classifier', slow).send(picture).assertStatus(500).body).toContain('Client.Timeout exceeded');
});

test('these requests reach every path of the graph', () => {
  const simulator = pipeline('dog').withModel('cat-dog-classifier', StubModel.sequence([
    ModelAnswer.json({ predictions: ['cat'] }),
    ModelAnswer.unreachable(),
    ModelAnswer.json({ predictions: ['dog'] }),
  ])).withModel('dog-breed-classifier', StubModel.sequence([ModelAnswer.json({ predictions: ['collie'] }), ModelAnswer.unreachable()]));
  for (let request = 0; request < 4; request++) simulator.send(picture);
  simulator.coverage().assertComplete();
});
