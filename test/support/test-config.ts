import { type Config, loadConfig } from '../../bot/config';

/** The default settings on a free port of 127.0.0.1, silent, without the sentence encoder, with conversations in memory and feedback in the log only, with `changes`. */
export function testConfig(changes: Partial<Config> = {}): Config {
  return {
    ...loadConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      SEMANTIC: 'off',
      STORAGE: 'memory:',
      FEEDBACK_FILE: '',
      // Tests talk faster than people.
      MESSAGES_PER_MINUTE: '1000000',
    }),
    ...changes,
  };
}
