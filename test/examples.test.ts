import { EXAMPLES, outputOf } from './support/examples';

test.each(EXAMPLES)('%s writes', (example) => {
  const warnings = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(outputOf(example)).toMatchSnapshot();
  expect(warnings.mock.calls.map(([line]) => line)).toEqual([]);
  warnings.mockRestore();
});
