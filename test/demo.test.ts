import { outputOf } from './support/examples';
import { sharedFile } from './support/shared';
import { OWN_PICTURES, tryPictures, tutorialPictures, type Pictures } from '../scripts/try-pictures';

const manifest = outputOf('dog-breed')['dog-breed.k8s.yaml'];

/** What the tutorial shows: the cat is the first model's, the dog goes on to the second with the picture that came in. */
function expectTheTutorialsResult(pictures: Pictures): void {
  const { cat, dog } = tryPictures(manifest, pictures);
  cat.assertStatus(200).assertJson({ predictions: ['cat'] }).assertRan('cat_dog_classifier').assertSkipped('dog_breed_classifier');
  dog.assertStatus(200).assertJson({ predictions: [{ Kuvasz: 0.98 }] });
  expect(dog.calls.map(({ step, body }) => [step, body])).toEqual([['cat_dog_classifier', pictures.dog], ['dog_breed_classifier', pictures.dog]]);
}

test('our own pictures', () => {
  expect(Buffer.from(JSON.parse(OWN_PICTURES.dog).instances[0].data, 'base64').subarray(1, 4).toString()).toBe('PNG');
  expectTheTutorialsResult(OWN_PICTURES);
});

const folder = sharedFile('inputs');
(folder === undefined ? test.skip : test)("the tutorial's pictures (skipped where ../shared/inputs is not)", () => {
  expectTheTutorialsResult(tutorialPictures(folder!)!);
});

test('without the tutorial\'s pictures there are none', () => {
  expect(tutorialPictures('nowhere')).toBeUndefined();
});
