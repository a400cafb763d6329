import type { Bot } from '../../../../bot/bot';
import { renderAsCard, renderForTeams } from '../../../../bot/channel/render/teams';
import { PRIVATE_PLACE, type TeamsPlace } from '../../../../bot/channel/teams/place';
import { readPress } from '../../../../bot/channel/teams/read-press';
import type { Content } from '../../../../bot/content';
import { changeReply, checklistReply, guideReply } from '../../../../bot/guide-replies';
import { answerReply } from '../../../../bot/replies';
import type { Reply } from '../../../../bot/reply';
import { everyWay } from '../../../../dialogs/every-way';
import type { GuideState } from '../../../../dialogs/guide-state';
import { beginGuide, positionOf } from '../../../../dialogs/walk';
import { faultsOfCard } from '../../../support/check-card';
import { buttonsOf, converse, rememberedOf } from '../../../support/conversation';
import { loadRealBot } from '../../../support/real-bot';
import { actionsOf, cardsOf, partsOf } from '../../../support/teams';

const TEAMS_LIMIT = 28 * 1024;
const CHANNEL: TeamsPlace = {
  isShared: true,
  owner: 'x'.repeat(16),
  bot: `28:${'0'.repeat(36)}`,
  typed: ['10.0.0.0/24'],
};

let content: Content;
let bot: Bot;
beforeAll(async () => {
  ({ content, bot } = await loadRealBot());
});

/** Every question and every outcome of all guides once, on the longest way to it that was found. */
function guideReplies(): Reply[] {
  return [...content.guides.values()].flatMap((guide) => {
    const states = new Map<string, { readonly state: GuideState; readonly length: number }>();
    const visit = (state: GuideState): void => {
      const position = positionOf(guide, state);
      if (position.kind === 'handover') return;
      const id = position.kind === 'question' ? `?${position.question.id}` : position.outcome.id;
      if ((states.get(id)?.length ?? -1) < position.path.length)
        states.set(id, { state, length: position.path.length });
    };
    let ways = 0;
    for (const { state, position } of everyWay(guide, { distinct: true })) {
      ways += 1;
      if (ways > 200) break;
      visit(state);
      const ids = position.path.map(({ question }) => question.id);
      for (const [index] of ids.entries()) {
        const answers = Object.fromEntries(ids.slice(0, index).map((id) => [id, state.answers[id]!]));
        visit({ ...beginGuide(guide), answers });
      }
    }
    return [...states.values()].flatMap(({ state }) => [
      guideReply(guide, state, content, ''),
      ...(positionOf(guide, state).path.length > 0 ? [changeReply(guide, state)] : []),
      ...(positionOf(guide, state).kind === 'outcome' ? [checklistReply(guide, state)] : []),
    ]);
  });
}

/** Every action that pressing something on a card brings, its label checked on the way. */
function pressesOf(card: unknown): string[] {
  const brought = partsOf(card, 'Action.Execute').map(({ data }) => data as Record<string, string>);
  const pressed = brought.flatMap((data) => {
    if (data.submit === undefined) return [data];
    const field = partsOf(card, 'Input.').find(({ id }) => id === data.field)!;
    const values = ((field.choices ?? [{ value: '7' }]) as { value: string }[]).map(({ value }) => value);
    return values.map((value) => ({ ...data, [data.field!]: value }));
  });
  return pressed.flatMap((data) =>
    readPress(data)!.messages.flatMap((message) => {
      if (message.kind !== 'button') return [];
      const { action } = message;
      // Ticked boxes bring what is picked now; the reply's button of a picked one is its opposite.
      return action.startsWith('pick:') ? [action, action.replace('pick:', 'unpick:')] : action;
    }),
  );
}

/** The size of the largest form of some replies, in bytes, and what is wrong with any form: thousands are looked at, too many for `expect`. */
function check(replies: readonly Reply[], place: TeamsPlace): { readonly bytes: number; readonly faults: string[] } {
  const messages = renderForTeams(replies, place);
  const sizes = messages.map((message) => Buffer.byteLength(JSON.stringify(message)));
  const sent = messages.flatMap((message) => cardsOf(message as Record<string, unknown>));
  const inPlace = renderAsCard(replies, place);
  const cards = [...sent, inPlace];
  const faults = (place.isShared ? [inPlace] : sent).flatMap(faultsOfCard);
  if (messages.length !== 1) faults.push(`${messages.length} messages`);
  for (const card of cards) {
    const brought = new Set(pressesOf(card));
    for (const { action } of buttonsOf(replies)) if (!brought.has(action)) faults.push(`nothing brings ${action}`);
    for (const { title } of actionsOf(card)) if ([...String(title)].length > 90) faults.push(`too long: ${title}`);
    for (const { type, actions = [] } of (card as { body: { type: string; actions?: unknown[] }[] }).body) {
      if (type === 'ActionSet' && actions.length > 6) faults.push(`${actions.length} buttons in a row`);
    }
  }
  return { bytes: Math.max(...sizes, ...cards.map((card) => Buffer.byteLength(JSON.stringify(card)))), faults };
}

test('every answer is one message with a good card below the limit of Teams', () => {
  const sizes = [...content.entries.values()].map((entry) => ({
    id: entry.id,
    ...check([answerReply(entry, content, 'Hello.')], PRIVATE_PLACE),
  }));
  expect(sizes.filter(({ faults }) => faults.length > 0)).toEqual([]);
  sizes.sort((a, b) => b.bytes - a.bytes);
  process.stdout.write(`largest answer in Teams: ${sizes[0]!.bytes} bytes (${sizes[0]!.id})\n`);
  expect(sizes[0]!.bytes).toBeLessThan(TEAMS_LIMIT);
});

test('every answer has its source as a citation, and no label of generated text', () => {
  for (const entry of content.entries.values()) {
    const [message] = renderForTeams([answerReply(entry, content, '')]);
    const [entity] = message!.entities as unknown as {
      citation: { position: number; appearance: { url: string } }[];
    }[];
    expect(entity?.citation[0]).toMatchObject({
      position: 1,
      appearance: { url: content.sources.get(entry.source.file)!.url },
    });
    expect(message!.text).toContain('[1]');
    expect(JSON.stringify(message)).not.toContain('AIGeneratedContent');
  }
});

test('every question and outcome of all guides is one message with a good card below the limit, also where others read along', () => {
  const replies = guideReplies();
  const kinds = replies.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['question', 'outcome', 'text']));
  const sizes = replies.flatMap((reply) =>
    [PRIVATE_PLACE, CHANNEL].map((place) => ({ reply, ...check([reply], place) })),
  );
  expect(sizes.filter(({ faults }) => faults.length > 0)).toEqual([]);
  sizes.sort((a, b) => b.bytes - a.bytes);
  const [largest] = sizes;
  const name = 'guideId' in largest!.reply ? largest!.reply.guideId : largest!.reply.kind;
  process.stdout.write(
    `largest step of ${replies.length} in Teams: ${largest!.bytes} bytes (${largest!.reply.kind} of ${name})\n`,
  );
  expect(largest!.bytes).toBeLessThan(TEAMS_LIMIT);
});

test('pressing a button on a card and typing its label do the same: follow-ups of answers, guides and their first choices', async () => {
  const begin = async (action: string) => {
    const talk = converse(bot);
    return { talk, result: await talk.say({ kind: 'button', action, label: action }) };
  };
  const starts = [
    ...[...content.entries.keys()].map((id) => `entry:${id}`),
    ...[...content.guides.keys()].map((id) => `guide:${id}`),
    'command:show-guides',
  ];
  let compared = 0;
  for (const start of starts) {
    const { result } = await begin(start);
    const [message] = renderForTeams(result.replies);
    const buttons = actionsOf(cardsOf(message as Record<string, unknown>)).filter(
      ({ type }) => type === 'Action.Execute',
    );
    for (const { data } of buttons) {
      const press = readPress(data)!.messages[0];
      if (press?.kind !== 'button') continue;
      const [clicked, typed] = [await begin(start), await begin(start)];
      const byClick = await clicked.talk.say(press);
      const byText = await typed.talk.type(press.label);
      expect([press.label, byText.replies]).toEqual([press.label, byClick.replies]);
      expect(rememberedOf(byText)).toEqual(rememberedOf(byClick));
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(300);
});
