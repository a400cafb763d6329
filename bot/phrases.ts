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
  help: 'Ask a question in your own words, or type **guides**, **back**, **start over** or **human** at any time. **Transcript** and **delete my data** work too.',
  unreadable: 'I can only read text. Please describe in words what you need.',
  unreadBeside: 'I can only read text, so I have not looked at what you attached.',
  gone: 'That is no longer here. Please ask in your own words.',

  // The Emulator's inspection, for developers.
  inspected: 'From now on the other window shows what is received, sent and remembered here.',
  inspectGone: 'There is no open inspection of that name. Type **/INSPECT open** in the other window for a new one.',
  inspectHelp:
    'Type **/INSPECT open** in the window that is to show another conversation. It answers with the command to type there.',

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

  // What is kept of the person.
  askToDelete:
    'Shall I delete this conversation? That is what I remember of it, your answers in guides, your ratings and comments, the ' +
    'transcript, and the history of a chat on this bot’s own page. It cannot be undone.\n\n' +
    'It does not reach the technical log of whoever runs me, nor what was handed to a person, nor ' +
    'what Teams or Azure keeps of a chat that it carries.',
  confirmDelete: 'Yes, delete it',
  keepData: 'No, keep it',
  dataKept: 'I have kept everything. Nothing was deleted.',
  dataDeleted: 'Deleted. I remember nothing of this conversation any more; your next message begins a new one.',
  dataDeletedShared: 'Deleted. I remember nothing of what you said to me here; your next message begins anew.',
  /** Said where the state on disk could not be replaced. */
  dataDeletedNotOnDisk:
    'I have deleted it from my memory, but could not yet replace the copy on my disk. I keep trying; ask whoever runs me if you ' +
    'need to be sure.',
  /** After {@link dataDeleted}, where the client keeps what it shows. */
  clientKeepsCopy: {
    msteams: 'What your Teams app shows stays until you delete it there.',
    emulator: 'What this window shows stays until you close it.',
    directLine:
      'What Microsoft’s Direct Line, which carries this chat, has kept of it stays there until it expires: I cannot delete it.',
    other: 'What your app shows stays until you delete it there.',
  },
  transcript: 'Transcript',
  transcriptYou: 'You:',
  transcriptBot: 'Bot:',
  transcriptOpening: (messages: number, since: string, isAll: boolean) => {
    const count = messages === 1 ? '1 message' : `${messages} messages`;
    return isAll
      ? `This conversation since ${since} (UTC), ${count}. That is as far back as I still have it.`
      : `The last ${count} of this conversation, since ${since} (UTC). Older ones are too long to send.`;
  },
  transcriptAsFile: (messages: number, since: string) =>
    `Your transcript is ready: ${messages} messages since ${since} (UTC), which is as far back as I still have them. ` +
    'It is too long to show here; download it as text.',
  /** Stands in a later transcript for one that was sent before. */
  transcriptSent: '(Your transcript.)',
  noTranscript: 'I have no earlier messages of this conversation. I keep the last ones only, and not over a restart.',
  transcriptNotHere: 'I send a transcript only in private. Please ask me in a chat with me alone.',
  // Search from a message that is being written (Teams).
  searchFoundNothing: 'I found nothing for that. Try other words, or fewer.',
  searchUnknown: 'I only know the search in the FAQ.',

  // Feedback (Teams).
  feedbackDislikeTitle: 'What was wrong?',
  feedbackLikeTitle: 'Good to hear',
  feedbackReason: 'What was wrong with the answer?',
  feedbackReasonNeeded: 'Please pick one.',
  feedbackReasons: {
    wrong: 'It is wrong',
    outdated: 'It is out of date',
    unclear: 'I don’t understand it',
    'not-my-question': 'It does not answer my question',
  },
  feedbackWhatIsWrong: 'What should it say? (optional)',
  feedbackWhatIsGood: 'What did you like? (optional)',
  feedbackPrivacy: 'This is kept with the question and the answer, without your name. Please write nothing personal.',
  feedbackSend: 'Send',
  feedbackThanksLike: 'Thank you, I have noted that this helped.',
  feedbackThanksDislike:
    'Thank you, I have noted it for the people who look after my answers. You can ask again in other words.',
  feedbackUnreadable: 'That was no feedback that I can read.',

  // Guided dialogs.
  guides: 'I can walk you through these:',
  noGuides: 'There is no guided dialog at the moment. Please ask in your own words.',
  backToGuide: (step: number, ofAbout: number) =>
    ofAbout > step ? `Back to question ${step} of about ${ofAbout}:` : `Back to question ${step}:`,
  unclearChoice: (times: number) =>
    times === 1
      ? 'I did not recognise that as one of the answers. Please pick one, or type its number.'
      : times === 2
        ? 'I still cannot match that to an answer. The number alone is enough; “I don’t know” is fine too.'
        : 'We seem to be stuck here. Pick an answer, type **cancel** to leave this guide, or talk to a person.',
  unclearLetter: (times: number) =>
    times === 1
      ? 'I did not recognise that as one of the answers. Please type a number or pick one of these.'
      : times === 2
        ? 'I still cannot match that to an answer. A letter such as “B” is enough; “I don’t know” is fine too.'
        : 'We seem to be stuck here. Pick an answer, type **cancel** to leave this guide, or talk to a person.',
  unclearValue: (times: number, example: string) =>
    times === 1
      ? `I did not find that in what you wrote. Please type it like this: ${example}`
      : times === 2
        ? `I still cannot read it. Type nothing but the value, for example ${example}, or say “I don’t know”.`
        : 'We seem to be stuck here. Say “I don’t know”, type **cancel** to leave this guide, or talk to a person.',
  unclearSeveral: (times: number) =>
    times === 1
      ? 'I did not recognise that. Please pick all that fit, or type their numbers, for example “1 and 3”.'
      : times === 2
        ? 'I still cannot match that. The numbers alone are enough; “I don’t know” is fine too.'
        : 'We seem to be stuck here. Pick an answer, type **cancel** to leave this guide, or talk to a person.',
  severalChoices: (labels: readonly string[]) =>
    `I read that as ${labels.map((label) => `“${label}”`).join(' and as ')}. Which one is it?`,
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
  buttonOfClosedGuide: (guideTitle: string) =>
    `That button belongs to “${guideTitle}”, which is not running any more. You can start it again.`,
  buttonOfSuspendedGuide: (guideTitle: string) => `That button belongs to “${guideTitle}”, which you put aside.`,
  assumed: (sentences: readonly string[]) =>
    `From what you said I take it: ${sentences.map((sentence) => `*${sentence}*`).join(' ')} Tell me if that is wrong.`,
  notSo: (label: string) => `Not “${label}”`,
  nothingTakenBack: 'I have not assumed anything: every answer so far is yours.',
  handedOver: (guideTitle: string) =>
    `That depends on another question: “${guideTitle}” Let us go through it. I keep what you told me.`,
  guideChanged: 'This guide was updated since you began it. Your answers still count where they fit.',
  guideGone: 'The guide we were in is no longer offered. Ask me anything else, or pick another guide.',
  leaveGuide: (guideTitle: string, step: number, other: string) =>
    `We are at question ${step} of “${guideTitle}”. Shall I keep it for later and start “${other}”?`,
  keepAndStart: (other: string) => `Keep it, start “${other}”`,
  stopAndStart: (other: string) => `Stop it, start “${other}”`,
  stay: 'Stay here',
  suspended: (guideTitle: string) => `I have put “${guideTitle}” aside. Say **continue** whenever you want to go on.`,
  nothingToSuspend: 'There is no guide to put aside at the moment. Come back whenever you like.',
  suspendedGuides: 'These are waiting for you:',
  nothingSuspended: 'There is no unfinished guide to go on with.',
  goOnWith: (guideTitle: string) => `Go on: ${guideTitle}`,
  wasSuspended: (guideTitle: string, step: number) =>
    `You have begun “${guideTitle}” before and are at question ${step}.`,
  goOnThere: 'Go on there',
  beginAnew: 'Begin anew',
  pickAll: 'Pick all that fit, then say “that’s all”. Or type them at once: “1 and 3”.',
  thatsAll: 'That’s all',
  example: (example: string) => `For example: \`${example}\``,
  corrected: (before: string, after: string) => `I have changed **${before}** to **${after}**.`,
  summary: 'This is what I have so far:',
  summaryAssumed: (line: string) => `${line} (assumed from what you said)`,
  nothingAnswered: 'You have not answered anything yet.',
  whatIfSame: (answer: string) => `With **${answer}** the advice stays the same:`,
  whatIfOther: (answer: string, verdict: string, now: string) =>
    `With **${answer}**: ${verdict}\n\nAs things are: ${now}`,
  whatIfQuestion: (answer: string, question: string) => `With **${answer}** I would have to ask on: ${question}`,
  whatIfGuide: (answer: string, guideTitle: string) => `With **${answer}** we would go on with “${guideTitle}”.`,
  whatIfOpen: 'As things are there is no advice yet to compare it with.',
  whatIfList: 'One other answer would change the advice:',
  whatIfNothing: 'No other single answer would change the advice.',
  whatIfLine: (question: string, answer: string, verdict: string) => `- ${question} **${answer}**: ${verdict}`,
  whatIfWhich: 'Which answer do you mean? Name one, for example “what if I had said yes?”',
  takeThat: (label: string) => `Take “${label}”`,
  valueProblem: {
    none: (example: string) => `I did not find that in what you wrote. Please type it like this: ${example}`,
    'not-an-address': (found: string) => `“${found}” is not an IPv4 address: it needs four numbers from 0 to 255.`,
    'not-a-range': (found: string) => `“${found}” is not a range: after the slash comes a number from 0 to 32.`,
    'no-prefix': (found: string) =>
      `“${found}” is a single address. A range needs its size too, for example ${found}/24.`,
    'host-bits': (found: string, range: string) =>
      `“${found}” does not begin where a range begins. The range that it lies in is ${range}: type that if you mean it.`,
    ipv6: (found: string) => `“${found}” is an IPv6 address. This guide needs IPv4.`,
    'has-prefix': (found: string) => `“${found}” is a range. One single address is needed here.`,
    'too-many': (found: string) => `Only one is needed here. Which of ${found} is it?`,
    apipa: (found: string) => `${found} is a link-local (APIPA) address (169.254.x.x), which cannot be used here.`,
    private: (found: string) => `${found} is a private address. Here it must be one that is reached from the Internet.`,
    public: (found: string) => `${found} is a public address. Here it must be a private one.`,
    'asn-not-16-bit': (found: string) =>
      `${found} is not a 16-bit AS number. Choose one from 1 to 65534, for example 65010.`,
    'asn-azure': (found: string) =>
      `${found} is reserved by Azure, so your side cannot have it. Choose another, for example 65010.`,
    'asn-iana': (found: string) =>
      `${found} is reserved by IANA, so it cannot be used. Choose another, for example 65010.`,
  },
  checklistDone: 'All done. Well done!',
  checklistLeft: (left: number) => (left === 1 ? 'One thing is left:' : `${left} things are left. Next:`),
  checklistNext: (number: number, text: string) => `**${number}.** ${text}`,
  wholeList: 'The whole list',
  checklistItem: (number: number) => `Step ${number} is done`,
  checklistUndo: (number: number) => `Step ${number} is not done`,
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
    'take-back': 'Ask me everything',
    later: 'Continue later',
    resume: 'Go on with a guide',
    summary: 'My answers',
    'what-if': 'What if …?',
    print: 'Copy as text',
    transcript: 'Send me my transcript',
    'delete-data': 'Delete my data',
  },

  // Cards in Teams.
  more: 'More',
  moreAbout: (title: string) => `More: ${title}`,
  readOn: 'The rest is a bit long for this chat.',
  yourAnswer: 'Your answer',
  chooseOne: 'Choose one first.',
  pickOneAtLeast: 'Pick at least one first.',
  typeFirst: 'Type something first.',
  send: 'Send',
  chosen: (words: string) => `✓ ${words}`,
  answeredWith: (question: string, answer: string) => `✓ ${question} **${answer}**`,
  /** Stands for a typed answer where others read along. */
  answered: 'answered',
  /** Stands for what somebody typed in a sentence that others read. */
  notShown: '(not shown here)',
  continueInPrivate: 'Continue in private',
  answerBelow: 'The answer is below.',
  somebodyElses: 'This one is somebody else’s. Mention me to start your own.',
  unreadablePress: 'I could not read that button. Please ask in your own words.',
  welcomeTeam:
    'Hello, I answer questions about **Azure VPN Gateway**. Mention me with a question, or with **guides** to see what I can walk ' +
    'you through.',

  // How replies are laid out (see reply-text.ts).
  asOf: (monthAndYear: string) => `As of ${monthAndYear}.`,
  source: (title: string, url: string) => `Source: [${title}](${url})`,
  questionStep: (guideTitle: string, step: number, ofAbout: number) =>
    ofAbout > step ? `${guideTitle} · question ${step} of about ${ofAbout}` : `${guideTitle} · question ${step}`,
  reasons: 'Why',
  ruledOut: 'Ruled out',
  checklist: 'To do',
  nextSteps: 'Next steps',
  sources: 'Based on',
  contactMail: 'Mail',
  contactPage: 'Page',
} as const;
