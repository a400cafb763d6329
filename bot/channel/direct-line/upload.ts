import { parseJson } from '../parse-json';
import { type IncomingActivity, parseIncomingActivity } from './incoming-activity';

/**
 * What an upload tells the bot: that files came, by name and type, and nothing of what is in them. The client's mark on the
 * message is kept, so that its bubble does not stay on "Sending". Never rejects: a body that cannot be read is an upload of
 * one nameless file.
 */
export async function parseUpload(contentType: string | undefined, bytes: Buffer): Promise<IncomingActivity> {
  let channelData: IncomingActivity['channelData'];
  const attachments: { contentType: string; name: string | undefined }[] = [];
  try {
    const form = await new Response(bytes, { headers: { 'content-type': contentType ?? '' } }).formData();
    for (const part of form.values()) {
      if (typeof part === 'string' || part.type === 'application/vnd.microsoft.activity') {
        const activity = parseIncomingActivity(parseJson(typeof part === 'string' ? part : await part.text()));
        if (activity.ok) channelData = activity.activity.channelData;
      } else if (attachments.length < 20) {
        attachments.push({
          contentType: part.type.slice(0, 200) || 'application/octet-stream',
          name: part.name.slice(0, 200),
        });
      }
    }
  } catch {
    // What was read until here is used.
  }
  if (attachments.length === 0) attachments.push({ contentType: 'application/octet-stream', name: undefined });
  return { type: 'message', value: undefined, channelData, attachments };
}
