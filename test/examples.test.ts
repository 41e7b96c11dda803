import { EXAMPLES, outputOf } from './support/examples';

test.each(EXAMPLES)('%s writes', (example) => {
  expect(outputOf(example)).toMatchSnapshot();
});
