/** What the pages of the installation say: before, after, and when it goes no further. */
import { SCOPES } from '../scopes.ts';
import type { Admitted } from './admit.ts';
import type { Refusal } from './exchange.ts';
import { type Html, html } from './html.ts';
import type { Page } from './page.ts';

/** `go`: the address that leads to Slack's own page. */
export function invitation(go: string): Page {
  const scopes = SCOPES.map(
    ({ scope, reason }) =>
      html`<div>
        <dt><code>${scope}</code></dt>
        <dd>${reason}</dd>
      </div> `,
  );
  return {
    status: 200,
    title: 'Practise interviews together, in Slack',
    body: html`<p>
        One question a day in a channel, answers in its thread, and feedback from colleagues that goes to you alone.
      </p>
      <p><a class="go" href="${go}">Add to Slack</a></p>
      <p class="soft">Slack asks which workspace, and shows this list once more before anything happens.</p>
      <h2>What it asks for, and why</h2>
      <dl>${scopes}</dl>
      <footer>
        It reads nothing outside threads of its own posts, its practice rooms and its direct messages. The access Slack
        gives is kept encrypted on this server, and ends when somebody removes the app in Slack.
      </footer>`,
  };
}

/** `root`: the command, without the slash. */
export function welcome({ install, missing }: Admitted, root: string, cookie: string): Page {
  return {
    status: 200,
    title: `Greenroom is in ${install.name}`,
    cookie,
    body: html`<ol>
        <li>Open the channel where your team wants to practise, and add the app to it.</li>
        <li>Type <code class="say">/${root} setup</code> and choose a time. The first question comes then.</li>
      </ol>
      ${missing.length === 0 ? '' : lacking(missing)}
      <footer>You can close this page.</footer>`,
  };
}

const lacking = (missing: readonly string[]): Html =>
  html`<p class="mind">
    Slack did not grant everything, so some of it will not work:
    ${missing.map((scope, i) => html`${i === 0 ? '' : ', '}<code>${scope}</code>`)}. Whoever runs this server can add
    them to the app; then install it once more.
  </p>`;

const AGAIN = 'Start again';

interface Said {
  readonly status: number;
  readonly title: string;
  readonly says: string;
}

const SAID: Readonly<Record<Refusal, Said>> = {
  state: {
    status: 400,
    title: 'This installation cannot go on',
    says: 'It began more than ten minutes ago, in another browser, or was finished already. Nothing was changed.',
  },
  denied: {
    status: 200,
    title: 'Nothing was installed',
    says: 'You said no in Slack, and that is fine. If your workspace wants an admin to approve apps, ask one, then come back.',
  },
  code: {
    status: 400,
    title: 'Slack’s answer has run out',
    says: 'What Slack sent along is good once and for a few minutes. Nothing was changed.',
  },
  settings: {
    status: 500,
    title: 'This server does not fit its Slack app',
    says: 'Slack refuses how the installation is set up here. Whoever runs this server finds the reason in its log.',
  },
  silent: {
    status: 502,
    title: 'Slack did not answer',
    says: 'Nothing was changed. Wait a minute, then try once more.',
  },
  organization: {
    status: 400,
    title: 'One workspace, please',
    says: 'This was an installation for a whole organization. Greenroom works in single workspaces: choose one on Slack’s page.',
  },
  rotation: {
    status: 500,
    title: 'The app’s tokens expire',
    says: 'Token rotation is on for this Slack app, so its access would end within a day. Whoever runs this server has to make the app anew without it.',
  },
  kind: {
    status: 400,
    title: 'Slack gave another kind of access',
    says: 'Greenroom needs access as an app, and nothing else. Nothing was kept.',
  },
  forged: {
    status: 400,
    title: 'This access is not what it says',
    says: 'Slack names another workspace for it than the one it came for. Nothing was kept.',
  },
  taken: {
    status: 409,
    title: 'Greenroom is in this workspace already',
    says: 'It came through another Slack app, and goes on as it is. To change over, remove that app in Slack first.',
  },
  narrower: {
    status: 409,
    title: 'That would take something away',
    says: 'Slack granted less than Greenroom has in this workspace, so it goes on as it is. Leave Slack’s list as it comes.',
  },
  busy: {
    status: 503,
    title: 'Many are at this door',
    says: 'Too many installations begin at this moment. Wait a minute, then try once more.',
  },
  broken: {
    status: 500,
    title: 'Something went wrong on our side',
    says: 'It is in the log of this server. Installing once more does no harm.',
  },
};

/** `start`: where to begin again. */
export function refusalPage(why: Refusal, start: string, cookie?: string): Page {
  const { status, title, says } = SAID[why];
  const body = html`<p>${says}</p>
    <p><a class="go" href="${start}">${AGAIN}</a></p>`;
  return { status, title, body, ...(cookie === undefined ? {} : { cookie }) };
}
