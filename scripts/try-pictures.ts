/*
 * The end of the demo: two pictures go through the dog-breed pipeline, with stubs in the models' places.
 */
import * as fs from 'fs';
import * as path from 'path';
import { CAT, DOG } from './pictures';
import { GraphSimulator, ModelAnswer, StubModel, type ModelRequest, type SimulationResult } from '../src/simulate';

/** A request for each picture, and whose pictures they are. */
export interface Pictures {
  readonly cat: string;
  readonly dog: string;
  readonly whose: string;
}

/** Ours, in the form of the tutorial's requests: a picture in base64. */
export const OWN_PICTURES: Pictures = { cat: requestOf(CAT), dog: requestOf(DOG), whose: 'drawn by scripts/pictures.ts' };

/** The requests of KServe's tutorial, where somebody has put them. */
export function tutorialPictures(folder: string): Pictures | undefined {
  const files = ['cat', 'dog'].map((animal) => path.join(folder, `${animal}.json`));
  if (!files.every((file) => fs.existsSync(file))) return undefined;
  const [cat, dog] = files.map((file) => fs.readFileSync(file, 'utf8'));
  return { cat, dog, whose: "of KServe's tutorial" };
}

/** Sends both pictures to the graph in a manifest. The first stub knows the two apart, the second only knows the dog. */
export function tryPictures(manifest: string, pictures: Pictures): { cat: SimulationResult; dog: SimulationResult } {
  const simulator = GraphSimulator.fromYaml(manifest)
    .withModel('cat-dog-classifier', new Recognizer(pictures, { cat: 'cat', dog: 'dog' }))
    .withModel('dog-breed-classifier', new Recognizer(pictures, { dog: { Kuvasz: 0.98 } }));
  return { cat: simulator.sendText(pictures.cat), dog: simulator.sendText(pictures.dog) };
}

class Recognizer extends StubModel {
  public constructor(private readonly pictures: Pictures, private readonly predictions: { readonly cat?: unknown; readonly dog: unknown }) {
    super();
  }

  public answer({ body }: ModelRequest): ModelAnswer {
    if (body === this.pictures.dog) return ModelAnswer.json({ predictions: [this.predictions.dog] });
    if (body === this.pictures.cat && this.predictions.cat !== undefined) return ModelAnswer.json({ predictions: [this.predictions.cat] });
    return ModelAnswer.json({ error: 'this picture is not known' }, { status: 400 });
  }
}

function requestOf(png: Buffer): string {
  return JSON.stringify({ instances: [{ data: png.toString('base64') }] });
}
