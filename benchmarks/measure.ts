import { spawnSync } from 'child_process';
import * as os from 'os';

/** The middle of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs a program in a fresh Node; it prints the milliseconds that it took. */
export function freshNode(program: string): number {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`the program failed: ${stderr}`);
  }
  return Number(stdout);
}

/** Measures two programs in turn, A B A B …, and prints both with the ratio of each pair: it holds though the machine's speed drifts. */
export function compare(title: string, runs: number, peer: { name: string; run: () => number }, ours: { name: string; run: () => number }): void {
  const pairs = Array.from({ length: runs + 1 }, () => ({ peer: peer.run(), ours: ours.run() })).slice(1); // the first warms the disk's cache
  const ratios = pairs.map((pair) => pair.ours / pair.peer).sort((a, b) => a - b);
  const show = (figures: number[]) => `${median(figures).toFixed(1).padStart(8)} ms`;
  console.log(`${title}
  ${peer.name.padEnd(28)}${show(pairs.map((pair) => pair.peer))}
  ${ours.name.padEnd(28)}${show(pairs.map((pair) => pair.ours))}
  ratio                         ${median(ratios).toFixed(3)}  (${ratios[0].toFixed(3)} to ${ratios[ratios.length - 1].toFixed(3)}, ${runs} pairs)`);
}

/** What the figures were taken on. */
export function machine(): string {
  return `node ${process.version}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${new Date().toISOString().slice(0, 10)}`;
}

/** Runs a benchmark. One that does not come to its end says so, and exits with 1. */
export function runToEnd(main: () => Promise<void>): void {
  let isOver = false;
  process.once('exit', () => {
    if (isOver) return;
    console.error('the benchmark ended early: what it printed is not all');
    process.exitCode = 1;
  });
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  main().then(() => { isOver = true; }, (error) => {
    console.error(error);
    process.exit(1);
  });
}
