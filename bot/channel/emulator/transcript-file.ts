import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { StartRecording } from '../../recording';
import { parseTranscript } from './transcript';
import { buildTranscriptRecorder } from './transcript-recorder';

/**
 * Records a conversation into a file that the Emulator opens; an older transcript there is replaced. The file is whole after every
 * turn, however the process ends. Refuses a file that is there and no transcript, and a folder that is not there.
 */
export const recordTranscript: StartRecording = async (file) => {
  const before = await readExisting(file);
  if (!before.ok) return before;
  const recorder = buildTranscriptRecorder();
  return {
    ok: true,
    recording: {
      async add(message, result) {
        recorder.add(message, result);
        const whole = `${file}.tmp`;
        await writeFile(whole, recorder.text());
        await rename(whole, file);
      },
    },
  };
};

async function readExisting(
  file: string,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly fault: string }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return { ok: false, fault: `${file} cannot be written (${code}).` };
    return folderIsThere(file);
  }
  if (text.trim() === '' || parseTranscript(text).ok) return { ok: true };
  return {
    ok: false,
    fault: `${file} is there and is no transcript, so it is left alone. Take another name, or delete it.`,
  };
}

async function folderIsThere(file: string): ReturnType<typeof readExisting> {
  try {
    await writeFile(file, '', { flag: 'wx' });
    return { ok: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? `the folder ${path.dirname(file)} does not exist` : String(code);
    return { ok: false, fault: `${file} cannot be written: ${why}.` };
  }
}
