import type { Config } from './config';

/** What an operator may have overlooked in settings that are no faults: one sentence each, for the log of the start. */
export function setupWarnings({
  credentials,
  contact,
  feedbackFile,
  storage,
}: Pick<Config, 'credentials' | 'contact' | 'feedbackFile' | 'storage'>): string[] {
  const isElsewhere = storage.kind !== 'memory' && storage.kind !== 'embedded';
  return [
    ...(credentials.kind === 'none'
      ? ['no credentials are set: only this machine can reach the bot, and it replies only to this machine']
      : []),
    ...(contact === undefined ? ['nobody is named for people who want a human: set CONTACT_MAIL or CONTACT_PAGE'] : []),
    ...(isElsewhere && feedbackFile !== undefined
      ? [
          'FEEDBACK_FILE is a file on the disk of this replica alone, while STORAGE is elsewhere: each replica has only its own ratings. Set FEEDBACK_FILE= (empty) to have all ratings in the log',
        ]
      : []),
  ];
}
