import type { Activity } from 'botbuilder';
import type { Reply } from '../../reply';
import type { TeamsPlace } from '../teams/place';
import { renderForEmulator } from './emulator';
import { renderPlainly } from './plain';
import { renderForTeams } from './teams';
import { renderForWebChat } from './web-chat';

/** The activities that say the replies of one turn on a channel, in order; in Teams as it fits `place`, by default a private chat. */
export function renderTurn(replies: readonly Reply[], channelId: string, place?: TeamsPlace): Partial<Activity>[] {
  switch (channelId) {
    case 'msteams':
      return renderForTeams(replies, place);
    case 'emulator':
      return renderForEmulator(replies);
    case 'webchat':
    case 'directline':
      return renderForWebChat(replies);
    default:
      return renderPlainly(replies);
  }
}
