/** How a request of the client goes out: by its own means, with files packed so that any version of its HTTP library takes them. */
import { DefaultRestOptions, type RESTOptions } from 'discord.js';

type Send = RESTOptions['makeRequest'];
type Init = Parameters<typeof DefaultRestOptions.makeRequest>[1];

/**
 * The client's HTTP library takes forms of its own making only once another version of it is loaded in the process, as Slack's
 * client does. Packed, a form is bytes like any other.
 */
export const send: Send = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init as Init);
  const form = new Response(init.body);
  const headers = {
    ...(init.headers as Record<string, string>),
    'content-type': form.headers.get('content-type') ?? '',
  };
  const body = new Uint8Array(await form.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body } as Init);
};
