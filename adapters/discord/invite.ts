/** The address at which somebody lets our bot into a server, with the permissions it needs and no others. */
import { ALL_PERMISSIONS } from './permissions.ts';

export interface Invitation {
  readonly applicationId: string;
  /** `https://discord.com/api` unless told otherwise; the invitation stands on the same host. */
  readonly apiUrl?: string;
}

export function inviteUrl({ applicationId, apiUrl = 'https://discord.com/api' }: Invitation): string {
  const url = new URL('/oauth2/authorize', apiUrl);
  url.search = [
    `client_id=${encodeURIComponent(applicationId)}`,
    'scope=bot+applications.commands',
    `permissions=${ALL_PERMISSIONS}`,
    // Into servers, not onto a single person's account.
    'integration_type=0',
  ].join('&');
  return url.href;
}
