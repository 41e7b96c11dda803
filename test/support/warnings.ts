/** The warnings that something prints on standard error, without their first word. */
export function warningsOf(run: () => void): string[] {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => { lines.push(String(text)); return true; });
  try {
    run();
  } finally {
    spy.mockRestore();
  }
  return lines.map((line) => line.replace(/^warning: /, '').trimEnd());
}
