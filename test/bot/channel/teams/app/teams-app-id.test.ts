import fc from 'fast-check';
import { teamsAppIdOf, uuidOfName } from '../../../../../bot/channel/teams/app/teams-app-id';

test('the name-based UUID is that of RFC 9562, appendix A.4', () => {
  expect(uuidOfName('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

test('a bot always gets the same app id, a version 5 UUID that is not its own', () => {
  fc.assert(
    fc.property(fc.uuid(), (botId) => {
      const id = teamsAppIdOf(botId);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(teamsAppIdOf(botId.toUpperCase())).toBe(id);
      expect(id).not.toBe(botId);
    }),
  );
});
