/** What a gateway did to answer a query. */
export interface Recording {
  /** The request body. */
  readonly asked: string;
  /** The requests it sent: those of a stage at once, one stage after the other. */
  readonly stages: readonly (readonly RecordedFetch[])[];
  readonly answer: string;
}

export interface RecordedFetch {
  readonly url: string;
  readonly body: string;
}
