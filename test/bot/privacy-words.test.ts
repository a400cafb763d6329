import { speaksOfConversation } from '../../bot/privacy-words';

test.each([
  'Could I get everything we wrote here as a text file?',
  'mail me the log of this chat pls',
  'send transcript',
  'Under article 15 GDPR I ask for all data you keep on me',
  'what were we talking about earlier?',
  'scrub my messages',
  'I pasted our key by mistake, erase the chat please',
  'pls forget all u know abt me',
  'make you forget what I told you',
  'remove my data',
])('“%s” speaks of the conversation', (text) => {
  expect(speaksOfConversation(text)).toBe(true);
});

test.each([
  'delete my connection',
  'how do I delete a gateway',
  'can I reset the gateway',
  'delete my certificate',
  'delete the log',
  'erase the policy',
  'export the transcript of the IKE log',
  'the transcript from the diagnostics tool',
  'diagnostics transcript',
  'show me the connection history of my tunnel',
  'can I export the client profile',
  'download the VPN device configuration',
  '',
])('“%s” does not', (text) => {
  expect(speaksOfConversation(text)).toBe(false);
});
