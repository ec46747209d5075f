/** Public ids of the demo region's named fixtures (domain.md §8.9), the same for every seed word; a test compares them with the generator. */
export const personaIds: Readonly<Record<string, string>> = {
  rs_demo_wang: 'rs_6EMJFWX1Z15N',
  pr_demo_gp: 'pr_JWDYHGK6VPV9',
  pr_demo_sec: 'pr_43XB3H293G6J',
  al_pei_1: 'al_0XT9NVVBRVEZ',
  in_pei_1: 'in_79V2GSD4JFTA',
  in_pei_longgu: 'in_ASXKTGWSGWV4',
  in_xuzhou_1: 'in_MDCPBJ95G5WD',
};

/** The public id that a handle of a persona stands for. */
export function personaId(handle: string): string {
  const id = personaIds[handle];
  if (id === undefined) throw new TypeError(`no id is known for the fixture ${handle}`);
  return id;
}
