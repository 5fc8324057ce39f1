/** The checker of requests can fail: mistakes are caught, and the same requests done right pass. */
import { describe, expect, it } from 'vitest';
import { openContract } from '../../../support/fake-discord/contract.ts';
import type { Asked } from '../../../support/fake-discord/model.ts';
import { SLIPS } from './mistakes.ts';

const contract = openContract(true);

function problemsOf(asked: Asked): readonly string[] {
  const { refused, told } = contract.checkRequest(asked);
  return [...refused, ...told];
}

describe('the contract with Discord', () => {
  it.each(SLIPS)('catches $what', ({ wrong }) => {
    expect(problemsOf(wrong)).not.toEqual([]);
  });

  it.each(SLIPS)('lets the same pass without $what', ({ right }) => {
    expect(problemsOf(right)).toEqual([]);
  });

  it('is tried with many mistakes', () => {
    expect(new Set(SLIPS.map(({ what }) => what)).size).toBeGreaterThanOrEqual(39);
    expect(SLIPS.filter(({ wrong }) => problemsOf(wrong).length > 0).length).toBeGreaterThanOrEqual(37);
  });

  it('names what is wrong where it is', () => {
    const slip = SLIPS.find(({ what }) => what === 'a misspelt field deep in a card');
    expect(slip && problemsOf(slip.wrong)).toEqual(["components.0.components.0 has no 'colour'"]);
  });

  it('says nothing when it is switched off', () => {
    const off = openContract(false);
    expect(SLIPS.flatMap(({ wrong }) => off.checkRequest(wrong).refused)).toEqual([]);
  });

  it('finds an answer that Discord would not give', () => {
    const asked = SLIPS.find(({ what }) => what === 'a misspelt field')?.right as Asked;
    const user = { id: '1574572776285536256', username: 'ana' };
    expect(contract.checkAnswer(asked, { status: 200, body: user })).not.toEqual([]);
    expect(contract.checkAnswer(asked, { status: 204 })).toEqual(['it is never answered 204']);
  });
});
