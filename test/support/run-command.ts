import type { Run } from './built-main';

/**
 * Runs a command in this process, one at a time, with none of this machine's settings, and gives what it prints. For what a process alone shows
 * (how a thrown error is told, standard input, signals) there is `runMain`.
 */
export async function runCommand(
  command: (args: readonly string[]) => Promise<number>,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  const settings = jest.replaceProperty(process, 'env', { SEMANTIC: 'off', STORAGE: 'memory:', ...env });
  try {
    return { code: await command(args), out: written.stdout, err: written.stderr };
  } finally {
    settings.restore();
    for (const spy of spies) spy.mockRestore();
  }
}
