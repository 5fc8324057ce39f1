/** What Ana and Bo say in the example mock: invented, in the length and manner of a written answer. By question of the shipped bank. */

export interface Said {
  readonly answer: string;
  /** To the follow-ups, in their order. */
  readonly followed: readonly [string, string];
  /** Ana's own rating, then Bo's: setup, action, result, reflection, reach, trade-offs. */
  readonly own: readonly string[];
  readonly rated: readonly string[];
  readonly evidence: string;
  readonly keep: string;
  readonly change: string;
}

export const SAID: Readonly<Record<string, Said>> = {
  'ethics-harm-and-fairness-senior-01': {
    answer:
      'Two weeks before the release of our fraud filter I compared its false alarms by region. In one region, where many people share a phone, they were three times as frequent.\n\nI stopped the release that afternoon and told the product lead why: we would have blocked about 400 honest customers a week there. I took the shared-device signal out, trained again, and put the comparison by region into the release check, so that nobody has to think of it again.\n\nWe released nine days late. False alarms in that region fell to the average, and we caught two per cent less fraud, which the lead accepted in writing.',
    followed: [
      'I chose false alarms and not overall accuracy, because being blocked is what people suffer from. Equal accuracy would have spoken for the old filter: it hid the difference.',
      'Quite sure: 1,900 cases in that region over six weeks. I had the figures recomputed by a colleague who did not know what I expected.',
    ],
    own: ['4', '4', '3', '2', '3', '4'],
    rated: ['4', '4', '4', '2', '3', '4'],
    evidence: '“I stopped the release that afternoon”, and the 400 honest customers a week.',
    keep: 'When you said whom it would have hurt, and how many a week, I understood the decision at once.',
    change:
      'I missed what you do differently since; next time say when you now look at groups, and not only that a check exists.',
  },
  'stakeholder-management-saying-no-senior-01': {
    answer:
      'Our sales lead wanted to promise a hospital that our triage model finds nine of ten urgent cases. That number came from one site with clean data.\n\nI asked her for twenty minutes before the call, showed the two other sites, where it was seven of ten, and offered a sentence she could say: that we would measure it on their data within four weeks and show them the result first. She was not happy, but she used it. The hospital signed for a pilot.',
    followed: [
      'That it works on data like the first site, and that we will measure on theirs. More would have been a promise on somebody else’s patients.',
      'Certain were the three measurements. That data entry caused the gap was my suspicion; it turned out to be half of it.',
    ],
    own: ['3', '3', '2', '2', '3', '3'],
    rated: ['4', '4', '2', '2', '3', '4'],
    evidence: '“offered a sentence she could say”; no word on how the pilot ended.',
    keep: 'You gave her something to say instead of only a no.',
    change: 'The story stops at the signature. Next time tell what the pilot measured, and what she thinks of it now.',
  },
  'mentorship-sponsorship-senior-01': {
    answer:
      'I put Mira forward to lead the move of our feature store, with a year of experience less than the two others who were named. She had written the only migration plan that anybody could follow.\n\nI told our manager what I would do if it went wrong: I would take over the talks with the data team, not the lead. Mira and I agreed on one hour a week and on two moments at which she would call for help. She called at the second one.\n\nThe move took eleven weeks instead of ten. She leads the next one, without me.',
    followed: [
      'Because of the plan. I also thought of Jonas, who knew the systems better, and who told me himself that he did not want the meetings.',
      'She asked the data team for their worst week before they had mentioned it. And she let a date slip, openly, to keep a test.',
    ],
    own: ['4', '4', '4', '3', '4', '3'],
    rated: ['4', '5', '4', '3', '4', '3'],
    evidence: '“what I would do if it went wrong”; the two agreed moments to call for help.',
    keep: 'When you named the two moments at which she would call for help, I saw how the risk was held.',
    change: 'Say in a sentence what the others feared, so that one sees what you argued against.',
  },
  'mentorship-growing-people-senior-01': {
    answer:
      'Today I would sit down beside her for half an hour and ask her to tell me what she has ruled out, without touching the keyboard. Then we would choose the smallest run that still fails, and agree that at four o’clock we look at it again, together with somebody who knows the optimiser.\n\nNext week I would ask her to show the team how she found it, and we would write down a limit of half a day after which anybody asks. For me, too.',
    followed: [
      'If the run blocked somebody else’s release. Then I would say so, take it, and let her watch and ask.',
      'Whether she asks earlier, and asks better: with what she has ruled out. And whether others use the half-day limit.',
    ],
    own: ['3', '4', '3', '3', '3', 'none'],
    rated: ['3', '4', '3', '3', '3', '3'],
    evidence: '“without touching the keyboard”; the limit of half a day, “For me, too.”',
    keep: 'The limit that holds for you too makes it safe to ask.',
    change: 'Name what the two days have cost, and whom, before you come to the help.',
  },
};

export const LOOKED_BACK = {
  overall: '3',
  keep: 'I said what I decided myself, and why.',
  'keep-too': 'I had numbers for the two answers about models.',
  change: 'Tell how it went on afterwards: two of four stories stop too early.',
};

export const ONCE_MORE =
  'The hospital signed for a pilot, and we measured as promised: seven and a half of ten in the fourth week. I showed it to them myself, with the sales lead beside me. They kept the pilot, because the number was the one we had announced. She now asks me for the sentence before she calls.';

export const ABOUT_INTERVIEWING = { structure: '5', time: '5', neutral: '4', listening: '5', ease: '4' };
