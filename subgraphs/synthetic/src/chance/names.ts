import type { Draws } from './draws.ts';

/** The 100 most common surnames, the most common first. */
const SURNAMES = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢' +
    '姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤',
);

const OLDER_MALE =
  '建国 国强 志明 卫东 永福 德胜 长贵 文革 学军 振华 保国 金生 玉林 广田 庆丰 兴旺 连成 世昌 万山 洪亮'.split(' ');
const OLDER_FEMALE =
  '秀英 桂兰 玉珍 凤英 素珍 桂英 玉兰 秀兰 春梅 淑芬 翠花 金凤 月英 爱华 美荣 荣花 冬梅 彩霞 建芳 小红'.split(' ');
const YOUNGER_MALE = '浩然 子轩 宇航 俊杰 梓豪 伟 磊 涛 鹏 超 明轩 博文 天佑 一鸣 嘉豪 志强 晓东 文博 思远 泽宇'.split(
  ' ',
);
const YOUNGER_FEMALE =
  '欣怡 梓涵 诗涵 雨桐 佳怡 静 敏 婷 丽 雪 思雨 语嫣 可欣 若曦 晨曦 晓燕 海燕 梦瑶 雅婷 艺涵'.split(' ');

/** A name of the generation of the birth year (domain.md 8.1). */
export function nameOf(draws: Draws, sex: 'MALE' | 'FEMALE', birthYear: number): string {
  return surname(draws) + givenName(draws, sex, birthYear);
}

/** A surname; common ones come more often. */
export function surname(draws: Draws): string {
  const u = draws.uniform();
  return SURNAMES[Math.floor(u * u * SURNAMES.length)] ?? '王';
}

/** A given name by sex and decade. */
export function givenName(draws: Draws, sex: 'MALE' | 'FEMALE', birthYear: number): string {
  const older = birthYear < 1978;
  if (sex === 'MALE') return draws.pick(older ? OLDER_MALE : YOUNGER_MALE);
  return draws.pick(older ? OLDER_FEMALE : YOUNGER_FEMALE);
}
