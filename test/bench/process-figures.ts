import { readFileSync } from 'node:fs';

/** Resident memory of a process now, in MB (1 MB = 1,048,576 bytes). Linux only. */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/**
 * Resident memory of a process that is its own, in MB: without the pages of files that it has mapped, which the system takes back whenever
 * it wants them, such as those of the embedded store. Linux only.
 */
export function ownMb(pid: number): number {
  const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Processor time that a process has spent so far, in milliseconds, in steps of 10. Linux only. */
export function cpuMs(pid: number): number {
  // The second field, the name, may hold spaces; user and system time are the 14th and 15th, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\)\s/s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
