import { manifestTexts } from '../../../../../bot/channel/teams/app/manifest-texts';
import type { LoadedBot } from '../../../../../bot/load-bot';
import { converse } from '../../../../support/conversation';
import { loadRealBot } from '../../../../support/real-bot';

const { offeredAlone, offeredInGroups } = manifestTexts;
/** What each of them comes to, for a person who says nothing else before. */
const EXPECTED: Readonly<Record<string, string>> = {
  'Which connection type fits me?': 'guide connection-type',
  'Which gateway SKU do I need?': 'guide gateway-sku',
  'Will my VPN device work with Azure?': 'guide vpn-device',
  'What is wrong with my Site-to-Site tunnel?': 'guide tunnel-drops',
  'Why does the VPN of a single computer not work?': 'guide p2s-troubleshooting',
  'What is the difference between Site-to-Site and Point-to-Site?': 'answer',
  'Is BGP supported on all gateway SKUs?': 'answer',
  'Which client operating systems can I use with Point-to-Site?': 'answer',
  'What can you do?': 'command',
  Guides: 'command',
  'Start over': 'command',
  Help: 'command',
  Human: 'handover',
};

let loaded: LoadedBot;

beforeAll(async () => {
  loaded = await loadRealBot();
});

test.each([
  ...new Set([...offeredAlone, ...offeredInGroups].map(({ text }) => text)),
])('the real bot knows what to do with "%s", which Teams offers', async (text) => {
  const { outcome, replies } = await converse(loaded.bot).type(text);
  const guide = outcome.kind === 'guide' ? ` ${outcome.guide}` : '';
  expect(`${outcome.kind}${guide}`).toBe(EXPECTED[text]);
  expect(replies).not.toEqual([]);
});

test.each([
  ['alone', offeredAlone],
  ['in groups', offeredInGroups],
])('what is offered %s fits the place that Teams has for it, and nothing is offered twice', (_where, offered) => {
  expect(offered.length).toBeLessThanOrEqual(12);
  expect(new Set(offered.map(({ text }) => text)).size).toBe(offered.length);
});
