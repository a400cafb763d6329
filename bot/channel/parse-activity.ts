import type { Activity } from 'botbuilder';
import * as v from 'valibot';

const text = v.nullish(v.string());
const account = v.nullish(v.looseObject({ id: text, name: text }));

/** What botbuilder and we read of an activity. All else passes unread. */
const ActivitySchema = v.looseObject({
  type: v.pipe(v.string(), v.minLength(1)),
  conversation: v.looseObject({ id: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)) }),
  id: v.nullish(v.pipe(v.string(), v.maxLength(1_000))),
  channelId: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  serviceUrl: text,
  from: account,
  recipient: account,
  text,
  locale: text,
  deliveryMode: text,
  attachments: v.nullish(v.array(v.looseObject({}))),
  entities: v.nullish(v.array(v.looseObject({ type: text }))),
  membersAdded: v.nullish(v.array(v.looseObject({ id: text }))),
});

export type ParsedActivity =
  | { readonly ok: true; readonly activity: Activity }
  | { readonly ok: false; readonly fault: string };

/** An activity out of a request's body, checked so far that nothing later stumbles over its shape; never throws. */
export function parseActivity(body: unknown): ParsedActivity {
  const parsed = v.safeParse(ActivitySchema, body, { abortEarly: true });
  if (parsed.success) return { ok: true, activity: body as Activity };
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue);
  return { ok: false, fault: path === null ? issue.message : `${path}: ${issue.message}` };
}
