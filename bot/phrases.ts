/** Every sentence the bot says that is not content. Texts are Markdown. */
export const phrases = {
  /** Said when a turn failed for a reason of ours. */
  apology: 'Sorry, something went wrong on my side. Please say that again, or type **start over**.',

  // Greeting, help and what the bot cannot do.
  welcome:
    'Hello, I am the support bot for **Azure VPN Gateway**. Ask me anything about it in your own words: connection types, ' +
    'gateways and SKUs, VPN devices, Point-to-Site clients, IPsec policies, BGP.\n\n' +
    'I answer from a fixed FAQ and say so when I do not know.',
  hello: 'Hello.',
  help: 'Ask a question in your own words, or type **guides**, **back**, **start over** or **human** at any time.',
  unreadable: 'I can only read text. Please describe in words what you need.',
  gone: 'That is no longer here. Please ask in your own words.',

  // Not sure, and not known.
  clarify: 'Which of these do you mean?',
  clarifyOne: 'Do you mean this?',
  clarifyUncovered: (topic: string) => `I don’t think my FAQ covers ${topic}. Is it one of these instead?`,
  readAs: (repairs: readonly { readonly from: string; readonly to: string }[]) =>
    `(I read ${repairs.map(({ from, to }) => `*${from}* as *${to}*`).join(', ')}.)`,
  noneOfThese: 'None of these',
  noneOfTheseReply: 'Then I have not understood you yet. Try it in other words, or take one of these ways on.',
  notKnown:
    'I don’t know that one. I only know the Azure VPN Gateway FAQ. Try it in other words, or take one of these ways on.',
  notCovered: (topic: string) =>
    `My FAQ does not cover ${topic}, so I would have to guess, and I don’t. Ask me something else, or take one of these ways on.`,
  notKnownAgain: 'I still don’t have an answer to that, and I would rather not guess. A person can help you further.',

  notKnownAgainAlone:
    'I still don’t have an answer to that, and I would rather not guess. A few key words often do better than a long story, ' +
    'for example “BGP on the Basic SKU” or “gateway subnet size”.',

  // Several questions in one message, follow-ups, definitions, and answers that were turned down.
  severalThings: (count: number) => (count === 2 ? 'Two things:' : 'Three things:'),
  leftOut: (count: number) =>
    count === 1
      ? 'There was one more question; please ask it again on its own.'
      : `There were ${count} more questions; please ask them again on their own.`,
  clarifyPart: (question: string) => `As for “${question}”: which of these do you mean?`,
  notKnownPart: (question: string) => `I have no answer to “${question}”.`,
  sameAnswer: 'The same answer covers that:',
  nothingMore: 'My FAQ says no more about it than that. These are close to it:',
  nothingMoreAlone: 'My FAQ says no more about it than that. Ask me something else, or take one of these ways on.',
  definition: (said: string, term: string, meaning: string) =>
    said.toLowerCase() === term ? `**${said}**: ${meaning}` : `**${said}** (${term}): ${meaning}`,
  moreOnIt: 'What I can tell you about it:',
  nextBest: (count: number) => `Sorry, that missed the point. Is it ${count === 1 ? 'this one' : 'one of these'}?`,
  onlyTurnedDown:
    'I have nothing better for that than what you already turned down. Try it in other words, or take one of these ways on.',

  // A human.
  human: 'You can reach a person here:',
  noHuman:
    'I would like to pass you on, but nobody has told me whom to pass you to. Please ask whoever gave you this chat. ' +
    'I am still here for questions about Azure VPN Gateway.',

  // Guided dialogs.
  guides: 'I can walk you through these:',
  noGuides: 'There is no guided dialog at the moment. Please ask in your own words.',
  backToGuide: 'Back to where we were:',
  unclearChoice: (times: number) =>
    times === 1
      ? 'I did not recognise that as one of the answers. Please pick one, or type its number.'
      : times === 2
        ? 'I still cannot match that to an answer. The number alone is enough; “I don’t know” is fine too.'
        : 'We seem to be stuck here. Pick a number, type **cancel** to leave this guide, or talk to a person.',
  severalChoices: (labels: readonly string[]) => `I read that as ${labels.join(' and as ')}. Which one is it?`,
  notKnownInGuide: 'I have no answer to that question in my FAQ.',
  changeWhich: 'Which answer do you want to change?',
  answerGiven: (question: string, answer: string) => `${question} – ${answer}`,
  nothingToChange: 'There is no answer to change yet.',
  nothingToCancel: 'There is nothing to cancel. Ask me anything about Azure VPN Gateway.',
  nothingToGoBackTo: 'There is nothing to go back to. Ask me anything about Azure VPN Gateway.',
  noQuestionOpen: 'I have not asked you anything at the moment. Which question can I answer for you?',
  cancelled: (guideTitle: string) =>
    `I have stopped “${guideTitle}”. Ask me anything else, or start it again at any time.`,
  firstQuestion: 'This is the first question, so there is nothing to go back to.',
  staleButton: 'That button belongs to an earlier way through the guide. This is where you are now:',
  buttonOfClosedGuide: 'That button belongs to a guide that is not running any more. You can start it again.',
  commandLabels: {
    help: 'Help',
    'what-can-you-do': 'What can you do?',
    'show-guides': 'Show the guides',
    'talk-to-a-human': 'Talk to a person',
    cancel: 'Stop this guide',
    'start-over': 'Start over',
    back: 'Back',
    why: 'Why do you ask?',
    'change-answer': 'Change an answer',
  },

  // How replies are laid out (see reply-text.ts).
  asOf: (monthAndYear: string) => `As of ${monthAndYear}.`,
  questionStep: (guideTitle: string, step: number, ofAbout: number) =>
    ofAbout > step ? `${guideTitle} · question ${step} of about ${ofAbout}` : `${guideTitle} · question ${step}`,
  reasons: 'Why',
  ruledOut: 'Ruled out',
  nextSteps: 'Next steps',
  sources: 'Based on',
  contactMail: 'Mail',
  contactPage: 'Page',
} as const;
