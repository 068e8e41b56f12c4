import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const goods = {
  clothing: 'Clothing',
  'shoes-and-bags': 'Shoes and bags',
  appliance: 'Household appliances',
  digital: 'Phones and digital',
  home: 'Home goods',
  sports: 'Sports and outdoor',
  children: "Children's goods",
  underwear: 'Underwear',
  cosmetics: 'Cosmetics',
  jewellery: 'Jewellery',
  food: 'Food',
  medicine: 'Medicine',
  'custom-made': 'Custom-made goods',
  fresh: 'Fresh and perishable',
  'audio-video-software': 'Audio, video, software',
  periodical: 'Newspapers and periodicals',
  other: 'Other goods',
} satisfies Same<typeof zh.goods>;
