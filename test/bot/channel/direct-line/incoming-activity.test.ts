import { parseIncomingActivity } from '../../../../bot/channel/direct-line/incoming-activity';

const typesOf = (...contentTypes: (string | undefined)[]) => {
  const parsed = parseIncomingActivity({
    type: 'message',
    attachments: contentTypes.map((contentType) => ({ contentType })),
  });
  return parsed.ok && parsed.activity.attachments?.map(({ contentType }) => contentType);
};

test('a card that somebody posts is a file of no kind: its content is not taken, and Web Chat would stumble over it', () => {
  expect(typesOf('application/vnd.microsoft.card.hero', 'Application/VND.microsoft.card.oauth', undefined)).toEqual(
    Array(3).fill('application/octet-stream'),
  );
  expect(typesOf('image/png', 'text/html')).toEqual(['image/png', 'text/html']);
});
