/**
 * The data of the benchmark's shops: as many users, products and reviews, and texts as long, as the public
 * graphql-gateways-benchmark has. There is a shop without a number, whose ids are plain numbers, and one for every number,
 * whose ids begin with it: questions to different shops have no subgraph request in common.
 */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: number;
  readonly reviews: () => readonly Review[];
}

export interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
  readonly shippingEstimate: number;
  readonly reviews: () => readonly Review[];
}

export interface Review {
  readonly id: string;
  readonly body: string;
  readonly product: () => Product;
  readonly author: () => User;
}

/** Which shop is meant; null the one without a number. */
export type ShopNumber = number | null | undefined;

const people = [
  ['Lin Yuan', 'linyu'],
  ['Chen Guang', 'chenguang'],
  ['Zhao Mingxi', 'zhaomingxi'],
  ['Wu Tongtong', 'wutongt'],
  ['He Ruolan', 'heruolan'],
  ['Sun Yihang', 'sunyih'],
] as const;

const goods = [
  ['Table', 899, 100, true],
  ['Couch', 1299, 1000, false],
  ['Glass', 15, 20, false],
  ['Chair', 499, 100, false],
  ['Kettle', 1299, 1000, true],
  ['Lamp', 6999, 300, true],
  ['Stove', 3999, 2000, true],
  ['Piano', 100_000, 6000, false],
  ['Bed', 9999, 800, true],
] as const;

/** Length of a review's text and the product it is about. */
const opinions = [
  [445, 1],
  [290, 1],
  [275, 1],
  [145, 1],
  [445, 2],
  [290, 2],
  [275, 2],
  [145, 2],
  [145, 3],
  [145, 4],
  [850, 4],
] as const;

const prose = [
  'It came two days late and one leg was shorter than the others, yet a folded letter under it cured that, and since then',
  'nobody has noticed. The wood smells of resin in the morning; by noon the smell is gone and only the colour stays, which',
  'is somewhere between tea and old paper. My neighbour, who knows about such things, turned it over, tapped every joint and',
  'said that glue had been spared where it should not have been, but that for this price one ought not to complain. I have',
  'put a plant on it, then books, then both, and it bore all of them without a sound. The cat approves as well. If I were to',
  'buy another one I would ask for the darker finish, since crumbs show on this one, and I would measure the door beforehand:',
  'ours had to come off its hinges. The people who delivered it were patient about that and drank two cups of tea each.',
].join(' ');

/** The users of a shop. */
export function usersOf(shop: ShopNumber): readonly User[] {
  return people.map((_person, index) => findUser(numbered(shop, index + 1)));
}

/** The first products of a shop. */
export function productsOf(shop: ShopNumber, first: number): readonly Product[] {
  return goods.slice(0, first).map((_good, index) => findProduct(numbered(shop, index + 1)));
}

/** The user of an id. */
export function findUser(id: string): User {
  const { shop, index } = readNumber(id);
  const [name = '', username = ''] = people[index] ?? [];
  return { id, name, username, birthday: 1_234_567_890, reviews: () => reviewsOf(shop).slice(0, 2) };
}

/** The product of a code. */
export function findProduct(upc: string): Product {
  const { shop, index } = readNumber(upc);
  const [name = '', price = 0, weight = 0, inStock = false] = goods[index] ?? [];
  const reviews = (): Review[] => reviewsOf(shop).filter((_review, at) => opinions[at]?.[1] === index + 1);
  return { upc, name, price, weight, inStock, shippingEstimate: estimateShipping(price, weight), reviews };
}

/** What shipping costs: nothing for what is dear. */
export function estimateShipping(price: number, weight: number): number {
  return price > 1000 ? 0 : Math.floor(weight / 2);
}

function reviewsOf(shop: ShopNumber): Review[] {
  return opinions.map(([length, product], index) => ({
    id: numbered(shop, index + 1),
    body: prose.slice(index, index + length),
    product: () => findProduct(numbered(shop, product)),
    author: () => findUser(numbered(shop, 1)),
  }));
}

function numbered(shop: ShopNumber, number: number): string {
  return shop === null || shop === undefined ? `${number}` : `${shop}-${number}`;
}

function readNumber(id: string): { readonly shop: ShopNumber; readonly index: number } {
  const [first, second] = id.split('-');
  return second === undefined
    ? { shop: null, index: Number(first) - 1 }
    : { shop: Number(first), index: Number(second) - 1 };
}
