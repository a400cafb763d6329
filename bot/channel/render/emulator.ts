import type { Activity } from 'botbuilder';
import type { Reply } from '../../reply';
import { renderForWebChat } from './web-chat';

/** The replies of one turn for the Emulator: its window is Web Chat's, so it is shown what Web Chat is. */
export function renderForEmulator(replies: readonly Reply[]): Partial<Activity>[] {
  return renderForWebChat(replies);
}
