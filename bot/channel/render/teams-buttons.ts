import { parseAction } from '../../action';
import { phrases } from '../../phrases';
import type { Button, Reply } from '../../reply';
import { MAX_TYPED } from '../teams/read-press';
import { actionSet, type CardAction, type CardElement, smallText } from './adaptive-card';
import type { LabelledButton } from './labelled-buttons';
import { cardText } from './markdown-to-card';

/** More choices than this are a list to choose from: Teams shows no more buttons. */
export const MAX_CARD_BUTTONS = 6;
/** A button is one line: Teams cuts off the rest in the middle of a word; so many characters mostly fit. */
const MAX_CARD_TITLE = 50;

/** What the buttons of one card have in common. */
export interface PressContext {
  /** The question that the card comes back with once it is answered; `undefined` where it stays as it is. */
  readonly asked: string | undefined;
  /** Who alone may press what moves a guide on; `undefined` for anybody. */
  readonly owner: string | undefined;
  /** Makes the names of fields on this card different. */
  readonly fields: string;
}

type Question = Reply & { readonly kind: 'question' };

/** The buttons under a reply that asks nothing itself: choices below each other, or as a list, then commands beside each other. */
export function buttonElements(buttons: readonly Button[], context: PressContext): CardElement[] {
  const isCommand = ({ action }: Button): boolean => parseAction(action)?.kind === 'command';
  const choices = buttons.filter((button) => !isCommand(button)).map((button) => ({ ...button, title: button.label }));
  const commands = buttons.filter(isCommand).map((button) => ({ ...button, title: button.label }));
  return [...choiceElements(choices, context), ...inRows(commands, context)];
}

/** How a question of a guide is answered on a card: buttons, a list, several boxes to tick, or a field to type in. */
export function answerElements(question: Question, context: PressContext): CardElement[] {
  const { choices, places, several, hint } = question;
  const single = choices
    .map((choice, index) => ({ ...choice, title: `${placeOf(places, index)}${choice.label}` }))
    .filter(({ action }) => !several || parseAction(action)?.kind === 'choice');
  return [
    ...(several ? tickElements(question, context) : []),
    ...choiceElements(single, context),
    ...(places === 'numbers' ? [] : typeElements(hint, context)),
    ...buttonElements(
      question.buttons.filter(({ action }) => !several || parseAction(action)?.kind !== 'done'),
      context,
    ),
  ];
}

/** A label as it fits on a button: cut between words where that leaves more than half. */
export function shortened(title: string): string {
  const characters = [...title];
  if (characters.length <= MAX_CARD_TITLE) return title;
  const start = characters.slice(0, MAX_CARD_TITLE).join('');
  const words = start.replace(/[\s,;:.–-]+\S*$/, '');
  return `${words !== start && words.length > start.length / 2 ? words : characters.slice(0, MAX_CARD_TITLE - 1).join('')}…`;
}

/** A button that comes back as an invoke, and from clients that do not know those as a message. */
export function pressAction({ label, title, action }: LabelledButton, context: PressContext): CardAction {
  const owner = context.owner !== undefined && movesGuide(action) ? { owner: context.owner } : {};
  const data = { action, label, ...owner };
  const asked = context.asked === undefined ? {} : { asked: context.asked };
  const words = shortened(title);
  return {
    type: 'Action.Execute',
    title: words,
    ...(words === title ? {} : { tooltip: title }),
    verb: 'act',
    // Fields on the same card are none of this button's business.
    associatedInputs: 'none',
    data: { ...data, ...asked },
    fallback: {
      type: 'Action.Submit',
      title: words,
      associatedInputs: 'none',
      data: { ...data, msteams: { type: 'messageBack', text: label, displayText: label, value: data } },
    },
  };
}

/** Whether a button belongs to whoever is in the guide; an answer or a guide of their own is anybody's. */
function movesGuide(action: string): boolean {
  const kind = parseAction(action)?.kind;
  return kind !== 'entry' && kind !== 'guide' && kind !== 'none-of-these';
}

function choiceElements(choices: readonly LabelledButton[], context: PressContext): CardElement[] {
  if (choices.length > MAX_CARD_BUTTONS) return listElements(choices, context);
  return choices.flatMap((choice) => [
    // Where a button cannot say it whole, the words stand above it.
    ...(shortened(choice.title) === choice.title ? [] : [smallText(cardText(choice.title))]),
    actionSet([pressAction(choice, context)]),
  ]);
}

function listElements(choices: readonly LabelledButton[], context: PressContext): CardElement[] {
  const field = `choice-${context.fields}`;
  const input = {
    type: 'Input.ChoiceSet',
    id: field,
    style: 'expanded',
    wrap: true,
    isRequired: true,
    label: phrases.yourAnswer,
    errorMessage: phrases.chooseOne,
    // Without their numbers: clients read these as Markdown, and each would be a list of its own that begins with 1.
    choices: choices.map(({ label, action }) => ({ title: label, value: JSON.stringify({ action, label }) })),
  };
  const owner = choices.some(({ action }) => movesGuide(action)) ? context.owner : undefined;
  return [input, actionSet([submitAction('chosen', field, { ...context, owner })])];
}

function tickElements({ choices }: Question, context: PressContext): CardElement[] {
  const field = `picks-${context.fields}`;
  const boxes = choices.flatMap(({ label, action, picked }) => {
    const parsed = parseAction(action);
    return parsed?.kind === 'pick' || parsed?.kind === 'unpick'
      ? [{ title: label, value: action.replace(/^unpick:/, 'pick:'), picked }]
      : [];
  });
  const before = boxes.filter(({ picked }) => picked).map(({ value }) => value);
  const input = {
    type: 'Input.ChoiceSet',
    id: field,
    style: 'expanded',
    wrap: true,
    isMultiSelect: true,
    isRequired: true,
    label: phrases.yourAnswer,
    errorMessage: phrases.pickOneAtLeast,
    choices: boxes.map(({ title, value }) => ({ title, value })),
    ...(before.length === 0 ? {} : { value: before.join(',') }),
  };
  return [input, actionSet([submitAction('picked', field, context, { before: before.join(',') })])];
}

function typeElements(hint: string, context: PressContext): CardElement[] {
  const field = `typed-${context.fields}`;
  const input = {
    type: 'Input.Text',
    id: field,
    maxLength: MAX_TYPED,
    isRequired: true,
    label: phrases.yourAnswer,
    errorMessage: phrases.typeFirst,
    ...(hint === '' ? {} : { placeholder: hint.replace(/`/g, '') }),
  };
  return [input, actionSet([submitAction('typed', field, context)])];
}

function submitAction(
  submit: 'typed' | 'chosen' | 'picked',
  field: string,
  { asked, owner }: PressContext,
  more: Readonly<Record<string, string>> = {},
): CardAction {
  const title = submit === 'picked' ? phrases.thatsAll : phrases.send;
  const data = { submit, field, ...more, ...(owner === undefined ? {} : { owner }) };
  return {
    type: 'Action.Execute',
    title,
    verb: 'act',
    data: { ...data, ...(asked === undefined ? {} : { asked }) },
    fallback: { type: 'Action.Submit', title, data },
  };
}

function inRows(buttons: readonly LabelledButton[], context: PressContext): CardElement[] {
  const rows: CardElement[] = [];
  for (let start = 0; start < buttons.length; start += MAX_CARD_BUTTONS) {
    rows.push(actionSet(buttons.slice(start, start + MAX_CARD_BUTTONS).map((one) => pressAction(one, context))));
  }
  return rows;
}

/** What a choice may be answered by in words, in front of it. */
function placeOf(places: Question['places'], index: number): string {
  if (places === 'none') return '';
  return `${places === 'numbers' ? String(index + 1) : String.fromCharCode(65 + index)}. `;
}
