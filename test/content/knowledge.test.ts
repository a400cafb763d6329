import path from 'node:path';
import { COMMANDS } from '../../bot/action';
import { type Knowledge, loadKnowledge } from '../../knowledge/load-knowledge';
import { slugOf } from '../../knowledge/slug';

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await loadKnowledge(path.join(__dirname, '../../knowledge'));
});

describe('the entries', () => {
  test('are 126, without faults and warnings', () => {
    expect(knowledge.entries).toHaveLength(126);
    expect(knowledge.faults).toEqual([]);
    expect(knowledge.warnings).toEqual([]);
  });

  test('have the slug of the heading they come from as their id', () => {
    for (const { id, source } of knowledge.entries) expect(slugOf(source.heading)).toBe(id);
  });

  test('lead on to at most three others, never to themselves or twice to one', () => {
    for (const { id, followUps } of knowledge.entries) {
      expect({ id, followUps: new Set(followUps).size }).toEqual({ id, followUps: followUps.length });
      expect(followUps.length).toBeLessThanOrEqual(3);
      expect(followUps).not.toContain(id);
    }
  });

  test('have answers without HTML, images and headings above the fourth level', () => {
    for (const { id, body } of knowledge.entries) {
      const text = body.replace(/^\s*```[\s\S]*?^\s*```/gm, '').replace(/`[^`]*`/g, '');
      expect({ id, found: /<\/?[a-z][^>]*>|!\[|^#{1,3}\s/im.exec(text)?.[0] }).toEqual({ id, found: undefined });
    }
  });

  test('link to other entries or to the public web, never to a file of the documentation', () => {
    for (const { id, body } of knowledge.entries) {
      for (const [link, target] of body.matchAll(/\]\(([^)]*)\)/g)) {
        expect({ id, link, fine: /^(?:#[\w-]+$|https?:\/\/)/.test(target!) && !/\.md(?:#|$)/.test(target!) }).toEqual({
          id,
          link,
          fine: true,
        });
      }
    }
  });
});

describe('the intents', () => {
  test('that are commands are all that the bot knows, and no others', () => {
    const commands = knowledge.intents.filter(({ kind }) => kind === 'command').map(({ id }) => id);
    expect(commands.toSorted()).toEqual([...COMMANDS].toSorted());
  });

  test('have nothing that answers a question of the bot among their utterances', () => {
    for (const { id, utterances } of knowledge.intents) {
      const answers = utterances.filter((utterance) => /^(?:yes|no|yep|nope|sure|\d+)$/i.test(utterance));
      expect({ id, answers }).toEqual({ id, answers: [] });
    }
  });
});
