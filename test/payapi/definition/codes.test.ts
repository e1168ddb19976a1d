import { expect, test } from 'vitest'
import { BANKS, CARD_COMPANIES, COURIERS } from '../../../src/payapi/definition/code-tables.ts'

// The code tables against the published text of the contract, copied here as it stands there.

const PUBLISHED_CARD_COMPANIES = `
01 하나(외한), 03 롯데, 04 현대, 06 국민, 11 BC, 12 삼성, 14 신한, 15 한미, 16 NH, 17 하나카드, 21 해외비자, 22 해외마스터,
23 JCB, 24 해외아멕스, 25 해외다이너스`

const PUBLISHED_BANKS = `
02 한국산업은행, 03 기업은행, 04 국민은행, 05 하나은행 (구 외환), 06 국민은행 (구 주택), 07 수협중앙회, 11 농협중앙회,
12 단위농협, 16 축협중앙회, 20 우리은행, 21 구)조흥은행, 22 상업은행, 23 SC제일은행, 24 한일은행, 25 서울은행, 26 구)신한은행,
27 한국씨티은행 (구 한미), 31 대구은행, 32 부산은행, 34 광주은행, 35 제주은행, 37 전북은행, 38 강원은행, 39 경남은행,
41 비씨카드, 45 새마을금고, 48 신용협동조합중앙회, 50 상호저축은행, 53 한국씨티은행, 54 홍콩상하이은행, 55 도이치은행,
56 ABN암로, 57 JP모건, 59 미쓰비시도쿄은행, 60 BOA(Bank of America), 64 산림조합, 70 신안상호저축은행, 71 우체국, 81 하나은행,
83 평화은행, 87 신세계, 88 신한(통합)은행, 89 케이뱅크, 90 카카오뱅크, 94 SSG머니(포인트 100% 사용), 97 카카오 머니,
98 페이코 (포인트 100% 사용), D1 유안타증권(구 동양증권), D2 현대증권, D3 미래에셋증권, D4 한국투자증권, D5 우리투자증권,
D6 하이투자증권, D7 HMC투자증권, D8 SK증권, D9 대신증권, DA 하나대투증권, DB 굿모닝신한증권, DC 동부증권, DD 유진투자증권,
DE 메리츠증권, DF 신영증권, DG 대우증권, DH 삼성증권, DI 교보증권, DJ 키움증권, DK 이트레이드, DL 솔로몬증권, DM 한화증권,
DN NH증권, DO 부국증권, DP LIG증권`

const PUBLISHED_COURIERS = `
9999 기타택배, kgb 로젠택배, cjgls CJ대한통운, hyundai 롯데택배(구 현대택배), registpost 우편등기, EPOST 우체국택배,
hanjin 한진택배, kdexp 경동택배, chunil 천일택배, daesin 대신택배, ilyang 일양로지스, honam 호남택배, cvsnet 편의점택배,
hdexp 합동택배`

/** A published list as a table. */
const table = (list: string) =>
  Object.fromEntries(list.split(',').map((entry) => [entry.trim().split(' ')[0], entry.trim().replace(/^\S+ /, '')]))

const TABLES = [
  { what: 'card companies', codes: CARD_COMPANIES, published: PUBLISHED_CARD_COMPANIES, size: 15 },
  { what: 'banks and securities firms', codes: BANKS, published: PUBLISHED_BANKS, size: 72 },
  { what: 'couriers', codes: COURIERS, published: PUBLISHED_COURIERS, size: 14 },
]

for (const { what, codes, published, size } of TABLES) {
  test(`the table of ${what} is the published one`, () => {
    expect(codes).toEqual(table(published))
    expect(Object.keys(codes)).toHaveLength(size)
  })
}
