import { NEW_MEMORY, readMemory } from '../../bot/memory';

describe('stored memory', () => {
  test('of our version is read as it is', () => {
    expect(readMemory(NEW_MEMORY)).toBe(NEW_MEMORY);
  });

  test.each([
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { ...NEW_MEMORY, version: 1 },
    { ...NEW_MEMORY, version: 4 },
    { version: '1' },
    { version: '3' },
  ])('%p is a new conversation', (stored) => {
    expect(readMemory(stored)).toBeUndefined();
  });
});

describe('memory of the version before', () => {
  const before = {
    version: 2,
    greeted: true,
    guide: { guide: 'which-bicycle', hash: 'abc', answers: { ground: 'road' } },
    unclear: 1,
    offers: [{ label: 'On roads', action: 'choice:which-bicycle/ground/road' }],
    misses: 2,
  };

  test('keeps the guide with its answers, and what else was remembered', () => {
    expect(readMemory(before)).toEqual({
      ...NEW_MEMORY,
      ...before,
      version: 3,
      guide: { ...before.guide, assumed: [], facts: {}, picked: [], ticked: [] },
    });
  });

  test('without a guide has none', () => {
    const { guide: _, ...rest } = before;
    expect(readMemory(rest)).toEqual({ ...NEW_MEMORY, ...rest, version: 3 });
  });

  test('is of our version once it was read', () => {
    const read = readMemory(before);
    expect(readMemory(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });
});
