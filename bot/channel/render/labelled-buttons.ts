import type { CardAction } from 'botbuilder';
import { parseAction } from '../../action';
import type { Button, ChoiceButton, Reply } from '../../reply';

/** A button as it is shown. */
export interface LabelledButton extends Button {
  /** What stands on the button; pressing it says the label. */
  readonly title: string;
}

/** The buttons of a reply in their order: the choices of a question, then all others. */
export function labelledButtons(reply: Reply): readonly LabelledButton[] {
  const plain = reply.buttons.map((button) => ({ ...button, title: button.label }));
  return reply.kind === 'question' ? [...reply.choices.map(choiceButton), ...plain] : plain;
}

/** Where several may be picked each shows whether it is; "I don't know" is a way on, which nothing is picked with. */
function choiceButton(choice: ChoiceButton): LabelledButton {
  const box = choice.picked ? '☑ ' : parseAction(choice.action)?.kind === 'pick' ? '☐ ' : '';
  return { ...choice, title: box + choice.label };
}

/** A button that comes back with its action, on channels whose clients can do that. */
export function messageBack({ label, title, action }: LabelledButton): CardAction {
  return { type: 'messageBack', title, text: label, displayText: label, value: { action } };
}

/** A button that says its label as if the person had typed it: every channel knows these. */
export function imBack({ label, title }: LabelledButton): CardAction {
  return { type: 'imBack', title, value: label };
}
