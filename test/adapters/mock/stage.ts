/** What a mock needs of a platform in a test: people with eyes and hands, and a clock that is moved. */

export interface Actor {
  readonly id: string;
  /** `/mock`, with its level and perhaps a partner. */
  mock(level: string, partner?: Actor): Promise<void>;
  /** Waits until they see these words anywhere. */
  sees(words: string): Promise<void>;
  /** The newest button with exactly that label. */
  presses(label: string): Promise<void>;
  /** Fills in the form that is open, and sends it. */
  fills(values: Readonly<Record<string, string>>): Promise<void>;
  /** Writes an answer where the newest card with *That is my answer* stands. */
  writes(text: string): Promise<void>;
  /** Every word that ever reached them, files too. */
  everything(): Promise<string>;
}

export interface Stage {
  /** There is a schedule in the channel. */
  begin(): Promise<void>;
  someone(name: 'Ana' | 'Bo'): Actor;
  pass(minutes: number): Promise<void>;
  /** What went wrong on the platform or in the log. */
  trouble(): readonly unknown[];
  close(): Promise<void>;
}
