/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Which notice a person looked at. */
export type AcknowledgeNoticeInput = {
  /** Anything worth remembering, at most 500 characters. No card data. */
  note?: string | null | undefined;
  /** The notice. */
  noticeId: string | number;
};

/** What `cancelPayment` takes. 결제 전체 취소. */
export type CancelPaymentInput = {
  /** Amount to cancel: whole for KRW, up to two decimals for USD. At most 22 characters. 취소 금액, `price`. */
  amount: string | number;
  /** Currency of the amounts. 통화, `currency`. */
  currency: PayApiCurrency;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Network cancel of a mobile payment (망취소). 망취소옵션, `cancelType`. */
  networkCancel?: boolean | null | undefined;
  /** How it was paid. 결제수단, `payType`. */
  paymentMethod: PayApiPaymentMethod;
  /** Transaction id of the payment. At most 40 characters. 거래ID, `tid`. */
  transactionId: string | number;
};

/** What `cancelPaymentPartially` takes. 결제 부분 취소. */
export type CancelPaymentPartiallyInput = {
  /** Amount to cancel now: whole for KRW, up to two decimals for USD. At most 22 characters. 부분 취소 금액, `cancelPrice`. */
  amount: string | number;
  /** Currency of the amounts. 통화, `currency`. */
  currency: PayApiCurrency;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** How it was paid. 결제수단, `payType`. */
  paymentMethod: PayApiPaymentMethod;
  /** Amount that remains after this cancel; 0 is allowed. At most 22 characters. 취소 후 남은 금액, `confirmPrice`. */
  remainingAmount: string | number;
  /** Untaxed part of it. Only for merchants set to 'VAT decided by merchant'. At most 10 characters. 비과세, `taxfree`. */
  taxFreeAmount?: string | number | null | undefined;
  /** Transaction id of the payment. At most 40 characters. 거래ID, `tid`. */
  transactionId: string | number;
  /** VAT in it, at most a tenth of the amount. Only for merchants set to 'VAT decided by merchant'. At most 10 characters. 부가세, `tax`. */
  vatAmount?: string | number | null | undefined;
};

/** What `chargeCardBillingKey` takes. 신용카드 빌링 승인. */
export type ChargeCardBillingKeyInput = {
  /** Amount in won. At most 10 characters. 금액, `price`. */
  amount: string | number;
  /** Billing key. At most 40 characters. 빌키, `billkey`. */
  billingKey: string | number;
  /** Who buys. 구매자. */
  buyer: PayApiBuyerInput;
  /** What is bought. At most 80 characters. 상품명, `goodsName`. */
  goodsName?: string | null | undefined;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Instalment months: 0 is a lump sum, else 2 to 36. 할부개월수, `cardQuota`. */
  installmentMonths?: number | null | undefined;
  /** Whether the instalments are free of interest. 무이자여부, `quotaInterest`. */
  interestFree?: boolean | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** The shop's order number. At most 40 characters. 상점주문번호, `oid`. */
  orderId: string | number;
  /** Untaxed part of it. Only for merchants set to 'VAT decided by merchant'. At most 10 characters. 비과세, `taxfree`. */
  taxFreeAmount?: string | number | null | undefined;
  /** VAT in it, at most a tenth of the amount. Only for merchants set to 'VAT decided by merchant'. At most 10 characters. 부가세, `tax`. */
  vatAmount?: string | number | null | undefined;
};

/** What `chargeKeyedInCard` takes. 신용카드 키인결제. */
export type ChargeKeyedInCardInput = {
  /** Amount in won. At most 10 characters. 금액, `price`. */
  amount: string | number;
  /** Who buys. 구매자. */
  buyer: PayApiBuyerInput;
  /** A card whose number was keyed in. 카드. */
  card: PayApiKeyedInCardInput;
  /** What is bought. At most 80 characters. 상품명, `goodsName`. */
  goodsName?: string | null | undefined;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Instalment months: 0 is a lump sum, else 2 to 36. 할부개월수, `cardQuota`. */
  installmentMonths?: number | null | undefined;
  /** Whether the instalments are free of interest. 무이자여부, `quotaInterest`. */
  interestFree?: boolean | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** The shop's order number. At most 40 characters. 상점주문번호, `oid`. */
  orderId: string | number;
  /** Untaxed part of it. Only for merchants set to 'VAT decided by merchant'. At most 10 characters. 비과세, `taxfree`. */
  taxFreeAmount?: string | number | null | undefined;
  /** VAT in it, at most a tenth of the amount. Only for merchants set to 'VAT decided by merchant'. At most 10 characters. 부가세, `tax`. */
  vatAmount?: string | number | null | undefined;
};

/** What `chargeMobileBillingKey` takes. 휴대폰 빌키 승인. */
export type ChargeMobileBillingKeyInput = {
  /** Amount in won. At most 10 characters. 금액, `price`. */
  amount: string | number;
  /** Billing key. At most 40 characters. 빌키, `billkey`. */
  billingKey: string | number;
  /** Who buys. 구매자. */
  buyer: PayApiBuyerInput;
  /** What is bought. At most 80 characters. 상품명, `goodsName`. */
  goodsName?: string | null | undefined;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** The shop's order number. At most 40 characters. 상점주문번호, `oid`. */
  orderId: string | number;
};

/** What `checkEscrowStatus` takes. 에스크로 상태조회. */
export type CheckEscrowStatusInput = {
  /** IPv4 address of whoever asks for this; 127.0.0.1 where it is left out. IP, `clientIp`. */
  clientIp?: string | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Transaction id of the payment. At most 40 characters. 거래ID, `tid`. */
  transactionId: string | number;
};

/** What `confirmEscrowDenial` takes. 에스크로 구매거절 확인. */
export type ConfirmEscrowDenialInput = {
  /** IPv4 address of whoever asks for this. IP, `clientIp`. */
  clientIp: string;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Name of the person who handles it. 처리자 이름, `dcnfName`. */
  processedBy: string;
  /** Transaction id of the payment. At most 40 characters. 거래ID, `originalTid`. */
  transactionId: string | number;
};

/** What `confirmEscrowPurchase` takes. 에스크로 구매확정. */
export type ConfirmEscrowPurchaseInput = {
  /** IPv4 address of whoever asks for this. IP, `clientIp`. */
  clientIp: string;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Name of the person who handles it. 처리자 이름, `buyName`. */
  processedBy: string;
  /** Transaction id of the payment. At most 40 characters. 거래ID, `originalTid`. */
  transactionId: string | number;
};

/** What `createSmsPaymentUrl` takes. SMS결제용 단축 URL생성. */
export type CreateSmsPaymentUrlInput = {
  /** Amount to pay in won. At most 9 characters. 승인금액, `P_AMT`. */
  amount: string | number;
  /** Charset of what is posted to the shop; EUC-KR where it is left out. 인증/승인 결과 캐릭터셋, `P_CHARSET`. */
  charset?: PayApiCharset | null | undefined;
  /** What is bought. At most 40 characters. 상품명, `P_GOODS`. */
  goodsName: string;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Instalment months that a card may choose from 50,000 won on: 0 or 1 is a lump sum, 2 to 36, 99 takes the lump sum away. 신용카드 할부기간 지정, `P_QUOTABASE`. */
  installmentOptions?: Array<number> | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Kind of goods; only with MOBILE. 휴대폰 결제 상품유형, `P_HPP_METHOD`. */
  mobileGoodsType?: PayApiMobileGoodsType | null | undefined;
  /** Receives the buyer's browser once the buyer has authenticated. Nothing is charged by that: of a card, a mobile phone or a bank transfer, whoever gives it must approve each payment themselves, from their server, at the address that comes with the browser, and check before that it is the PG's, and that amount and order are theirs. Leave it out where the server has a public address (`PAYAPI_PUBLIC_URL`): it then carries the payment on itself. At most 100 characters. 인증결과수신, `P_NEXT_URL`. */
  nextUrl?: string | null | undefined;
  /** Receives the notices of a virtual account: that it was issued, which is no money yet (`P_STATUS=00`), and that the buyer has deposited (`P_STATUS=02`). Whoever gives it answers each with `OK`, also one that comes twice. Leave it out where the server has a public address (`PAYAPI_PUBLIC_URL`): it then carries the payment on itself. At most 100 characters. 노티결과수신, `P_NOTI_URL`. */
  notificationUrl?: string | null | undefined;
  /** The shop's order number. At most 30 characters. 상점주문번호, `P_OID`. */
  orderId: string | number;
  /** How it was paid. 결제수단, `payType`. */
  paymentMethod: PayApiPaymentMethod;
  /** Where the buyer's browser is sent at the end, with `orderId` and `status` in the query. For display only: anybody can open it, so ask `smsPayment` whether it was paid. Only where the server carries the payment on itself. At most 1000 characters. 결제 후 이동할 주소. */
  redirectUrl?: string | null | undefined;
  /** Composite parameter, as agreed with the PG. Where the server carries the payment on itself, it adds what the payment method needs. At most 300 characters. 복합파라미터, `P_RESERVED`. */
  reserved?: string | null | undefined;
  /** Receives the result of the approval. Leave it out where the server has a public address (`PAYAPI_PUBLIC_URL`): it then carries the payment on itself. At most 100 characters. 승인결과수신, `P_RETURN_URL`. */
  returnUrl?: string | null | undefined;
};

/** What `deleteCardBillingKey` takes. 신용카드 빌키 삭제. */
export type DeleteCardBillingKeyInput = {
  /** Billing key. At most 40 characters. 빌키, `billkey`. */
  billingKey: string | number;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
};

/** What `denyEscrowPurchase` takes. 에스크로 구매거절. */
export type DenyEscrowPurchaseInput = {
  /** IPv4 address of whoever asks for this. IP, `clientIp`. */
  clientIp: string;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Name of the person who handles it. 처리자 이름, `buyName`. */
  processedBy: string;
  /** Why the buyer denies it. 구매거절 사유, `denyMsg`. */
  reason?: string | null | undefined;
  /** Where the money goes back to. 환불 계좌. */
  refundAccount: PayApiRefundAccountInput;
  /** Transaction id of the payment. At most 40 characters. 거래ID, `originalTid`. */
  transactionId: string | number;
};

/** What `issueCardBillingKey` takes. 신용카드 빌키 발급. */
export type IssueCardBillingKeyInput = {
  /** Amount in won. At most 10 characters. 금액, `price`. */
  amount?: string | number | null | undefined;
  /** Day of the month on which the shop charges; a note for the merchant console only. 결제주기코드, `payPeriodCode`. */
  billingDay?: number | null | undefined;
  /** Who buys. 구매자. */
  buyer: PayApiBuyerInput;
  /** A card with what authenticates its holder. 카드. */
  card: PayApiAuthenticatedCardInput;
  /** What is bought. At most 80 characters. 상품명, `goodsName`. */
  goodsName?: string | null | undefined;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Remarks. At most 100 characters. 비고, `etc`. */
  memo: string;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
};

/** What `issueCardBillingKeyWithoutAuth` takes. 신용카드 비인증 빌키 발급. */
export type IssueCardBillingKeyWithoutAuthInput = {
  /** Amount in won. At most 10 characters. 금액, `price`. */
  amount?: string | number | null | undefined;
  /** Day of the month on which the shop charges; a note for the merchant console only. 결제주기코드, `payPeriodCode`. */
  billingDay?: number | null | undefined;
  /** Who buys. 구매자. */
  buyer: PayApiBuyerInput;
  /** A card. 카드. */
  card: PayApiCardInput;
  /** What is bought. At most 80 characters. 상품명, `goodsName`. */
  goodsName?: string | null | undefined;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Remarks. At most 100 characters. 비고, `etc`. */
  memo?: string | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
};

/** What `lookUpCardPrefix` takes. 신용카드 PREFIX 조회. */
export type LookUpCardPrefixInput = {
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** The first six digits of the card number, no more. At most 6 characters. 카드번호, `cardNumber`. */
  prefix: string;
};

/** A card with what authenticates its holder. 카드. */
export type PayApiAuthenticatedCardInput = {
  /** Expiry month, two digits, 01 to 12. At most 2 characters. 유효기간(월), `cardExpireMM`. */
  expiryMonth: string;
  /** Expiry year, two digits. At most 2 characters. 유효기간(년), `cardExpireYY`. */
  expiryYear: string;
  /** Card holder's date of birth (YYMMDD, 6 digits) or business registration number (10 digits). Sent encrypted. At most 20 characters. 생년월일, `registNo`. */
  holderId: string;
  /** Card number, digits only. Sent encrypted, never returned. At most 16 characters. 카드번호, `cardNumber`. */
  number: string;
  /** First two digits of the card password. Sent encrypted. At most 2 characters. 비밀번호, `passwd`. */
  passwordPrefix: string;
};

/** Who buys. 구매자. */
export type PayApiBuyerInput = {
  /** Buyer's e-mail address. At most 40 characters. 구매자이메일, `buyerEmail`. */
  email?: string | null | undefined;
  /** Buyer's name. At most 30 characters. 구매자명, `buyerName`. */
  name: string;
  /** Buyer's phone number. At most 40 characters. 구매자전화번호, `buyerTel`. */
  phone?: string | null | undefined;
};

/** A card. 카드. */
export type PayApiCardInput = {
  /** Expiry month, two digits, 01 to 12. At most 2 characters. 유효기간(월), `cardExpireMM`. */
  expiryMonth: string;
  /** Expiry year, two digits. At most 2 characters. 유효기간(년), `cardExpireYY`. */
  expiryYear: string;
  /** Card number, digits only. Sent encrypted, never returned. At most 16 characters. 카드번호, `cardNumber`. */
  number: string;
};

/** Whom a card belongs to. 카드종류, `CardKind`. */
export type PayApiCardKind =
  /** Corporate card. 법인, `1`. */
  | 'CORPORATE'
  /** Other. 기타, `9`. */
  | 'OTHER'
  /** Personal card. 개인, `0`. */
  | 'PERSONAL';

/** Type of card. 카드종류, `CardType`. */
export type PayApiCardType =
  /** Check (debit) card. 체크카드, `1`. */
  | 'CHECK'
  /** Credit card. 신용카드, `0`. */
  | 'CREDIT'
  /** Gift card. 기프트카드, `2`. */
  | 'GIFT';

/** Charset of the results that PayAPI posts to the shop. 인증/승인 결과 캐릭터셋, `P_CHARSET`. */
export type PayApiCharset =
  /** EUC-KR, the default of PayAPI: nothing is sent for it. `euc-kr`. */
  | 'EUC_KR'
  /** UTF-8. `utf8`. */
  | 'UTF_8';

/** Who delivers. 택배사. */
export type PayApiCourierInput = {
  /** Courier code of the contract's table, e.g. cjgls; 9999 for any other. 택배사코드, `exCode`. */
  code: string;
  /** Courier's name; filled from the table where it is left out. 택배사명, `exName`. */
  name?: string | null | undefined;
};

/** Currency. 통화, `currency`. */
export type PayApiCurrency =
  /** Korean won, whole amounts only. 원화, `WON`. */
  | 'KRW'
  /** US dollar, up to two decimals. 미국 달러, `USD`. */
  | 'USD';

/** Whether a delivery is new. 에스크로등록형태, `report`. */
export type PayApiEscrowDeliveryChange =
  /** Registers a delivery. 등록, `I`. */
  | 'REGISTER'
  /** Changes a registered delivery. 변경, `U`. */
  | 'UPDATE';

/** What happened to an escrow payment, as a notice of the PG tells it. Not `PayApiEscrowState`: there, 2 and 10 mean something else. 에스크로 상태 변경 통보, `cl_status`. */
export type PayApiEscrowEvent =
  /** The payment was canceled. 취소, `8`. */
  | 'CANCELED'
  /** The buyer confirmed the purchase. 구매확정, `3`. */
  | 'CONFIRMED'
  /** The purchase was confirmed by lapse of time. 자동 구매확정, `31`. */
  | 'CONFIRMED_AUTOMATICALLY'
  /** The PG confirmed the purchase. 강제 구매확정, `32`. */
  | 'CONFIRMED_BY_FORCE'
  /** The delivery was registered. 배송등록, `2`. */
  | 'DELIVERY_REGISTERED'
  /** The seller accepted the denial. 구매거절 확인, `10`. */
  | 'DENIAL_CONFIRMED'
  /** The buyer denied the purchase. 구매거절, `4`. */
  | 'DENIED';

/** State of an escrow payment. 거래상태, `clStatus`. */
export type PayApiEscrowState =
  /** Approved. 승인, `0`. */
  | 'APPROVED'
  /** Canceled on a later day. 익일취소, `2`. */
  | 'CANCELED_NEXT_DAY'
  /** Canceled on the day of approval. 당일취소, `1`. */
  | 'CANCELED_SAME_DAY'
  /** The buyer confirmed the purchase. 구매확정, `3`. */
  | 'PURCHASE_CONFIRMED'
  /** The buyer denied the purchase. 구매거절, `10`. */
  | 'PURCHASE_DENIED';

/** What is delivered. 상품. */
export type PayApiGoodsInput = {
  /** Product code. 상품코드, `goodsCode`. */
  code?: string | null | undefined;
  /** Product name. 상품명, `goods`. */
  name?: string | null | undefined;
  /** How many. 상품수량, `goodsCnt`. */
  quantity?: number | null | undefined;
};

/** What kind of rule an input breaks. */
export type PayApiInputIssueCode =
  /** It is no card number. */
  | 'INVALID_CARD_NUMBER'
  /** It is not written as it must be, or holds what does not belong there. */
  | 'INVALID_FORMAT'
  /** It is too small, too large, or does not go with what else is there. */
  | 'OUT_OF_RANGE'
  /** It is missing or empty. */
  | 'REQUIRED'
  /** It is longer than PayAPI takes. */
  | 'TOO_LONG'
  /** There is no such field. */
  | 'UNKNOWN_FIELD'
  /** No such merchant is configured. */
  | 'UNKNOWN_MERCHANT'
  /** It is none of the values that there are. */
  | 'UNKNOWN_VALUE'
  /** This server does not offer it. */
  | 'UNSUPPORTED'
  /** It is another kind of value. */
  | 'WRONG_TYPE';

/** A card whose number was keyed in. 카드. */
export type PayApiKeyedInCardInput = {
  /** Expiry month, two digits, 01 to 12. At most 2 characters. 유효기간(월), `cardExpireMM`. */
  expiryMonth: string;
  /** Expiry year, two digits. At most 2 characters. 유효기간(년), `cardExpireYY`. */
  expiryYear: string;
  /** Card holder's date of birth (YYMMDD, 6 digits) or business registration number (10 digits). Sent encrypted. Only for merchants set to legacy authentication. At most 20 characters. 생년월일, `registNo`. */
  holderId?: string | null | undefined;
  /** Card number, digits only. Sent encrypted, never returned. At most 16 characters. 카드번호, `cardNumber`. */
  number: string;
  /** First two digits of the card password. Sent encrypted. Only for merchants set to legacy authentication. At most 2 characters. 비밀번호, `passwd`. */
  passwordPrefix?: string | null | undefined;
};

/** Kind of goods paid by mobile phone. 휴대폰 결제 상품유형, `P_HPP_METHOD`. */
export type PayApiMobileGoodsType =
  /** Digital content. 컨텐츠, `1`. */
  | 'DIGITAL'
  /** Physical goods. 실물, `2`. */
  | 'PHYSICAL';

/** What a notice says has happened. It is a claim: see `trust`. */
export type PayApiNoticeEvent =
  /** A payment was approved. 승인. */
  | 'APPROVED'
  /** A payment was canceled as a whole. 취소. */
  | 'CANCELED'
  /** Money came in on a virtual account. 입금. */
  | 'DEPOSITED'
  /** The bank took a deposit back. 입금 취소. */
  | 'DEPOSIT_WITHDRAWN'
  /** An escrow payment changed; `escrowEvent` says how. 에스크로 상태 변경. */
  | 'ESCROW_CHANGED'
  /** A payment failed. 실패. */
  | 'FAILED'
  /** A part of a payment was canceled. 부분 취소. */
  | 'PARTIALLY_CANCELED'
  /** A virtual account was issued. No money has moved. 가상계좌 채번. */
  | 'VIRTUAL_ACCOUNT_ISSUED';

/** Why a person has to look at a notice. */
export type PayApiNoticeException =
  /** Another account than the one that was issued. */
  | 'ACCOUNT_DIFFERS'
  /** Another amount than the one that is known. */
  | 'AMOUNT_DIFFERS'
  /** A cancel that nobody asked for here, of a payment that is known here. */
  | 'CANCEL_NOT_ASKED_FOR'
  /** It contradicts what is final here. */
  | 'CONTRADICTION'
  /** The bank took a deposit back: what was paid for is unpaid. */
  | 'DEPOSIT_WITHDRAWN'
  /** It names another merchant than the one whose address it came to. */
  | 'MERCHANT_DIFFERS'
  /** Another payment method than the one that was asked for. */
  | 'METHOD_DIFFERS'
  /** Another order than the one that is known. */
  | 'ORDER_DIFFERS'
  /** Money came in once more on an account that was paid already. */
  | 'SECOND_DEPOSIT'
  /** Its signature is not that of the merchant’s key. */
  | 'SIGNATURE_DIFFERS'
  /** Its codes are none that are known here. */
  | 'UNKNOWN_EVENT'
  /** An id, the amount or a code is missing, makes no sense, or stands there twice with different values. */
  | 'UNREADABLE';

/** Which notices; what is left out does not restrict. */
export type PayApiNoticeFilter = {
  /** With one of these exceptions. */
  exceptions?: Array<PayApiNoticeException> | null | undefined;
  /** Told in one of these ways. */
  kinds?: Array<PayApiNoticeKind> | null | undefined;
  /** To addresses of this merchant. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** True: with an exception that nobody has acknowledged. False: all others. */
  needsAttention?: boolean | null | undefined;
  /** That name this order. 주문번호. */
  orderId?: string | number | null | undefined;
  /** Came first before this time. */
  receivedBefore?: string | null | undefined;
  /** Came first at this time or later. */
  receivedFrom?: string | null | undefined;
  /** In one of these states. */
  states?: Array<PayApiNoticeState> | null | undefined;
  /** That name this payment. 거래ID. */
  transactionId?: string | number | null | undefined;
};

/** In which of its ways the PG told something. 통보 종류. */
export type PayApiNoticeKind =
  /** Deposit to a virtual account of the PC payment window. 가상계좌 입금통보, `no_tid`. */
  | 'DEPOSIT'
  /** Change of an escrow payment. 에스크로 상태 변경 통보, `cl_status`. */
  | 'ESCROW_CHANGE'
  /** Result of a payment page for mobile phones, an SMS link among them. 모바일 결제결과 통보, `P_NOTI_URL`. */
  | 'MOBILE_RESULT'
  /** Any transaction of the merchant. 거래알림, `transType`. */
  | 'TRANSACTION';

/** What became of a notice. */
export type PayApiNoticeState =
  /** It had its effect, or told what was known already. */
  | 'APPLIED'
  /** It has no effect; `exception` says why. */
  | 'HELD'
  /** It tells of an operation of unknown outcome. A person has to confirm it with `resolvePaymentOperation`. */
  | 'PROPOSED'
  /** Written down, and not looked at yet. */
  | 'RECEIVED'
  /** It fits nothing that is known here so far. It is tried again when an operation or a link appears. */
  | 'WAITING';

/** What happened to an operation after its own answer, or the loss of that. */
export type PayApiOperationEventKind =
  /** Its idempotency key was used again, and answered with what had been recorded. */
  | 'ANSWERED'
  /** What had been recorded was taken back. 결과 기록 취소. */
  | 'REOPENED'
  /** What became of it was recorded. 결과 기록. */
  | 'RESOLVED'
  /** PayAPI was asked what became of it. 결과 확인 시도. */
  | 'SETTLE_TRY';

/** Which operations; what is left out does not restrict. */
export type PayApiOperationFilter = {
  /** Recorded before this time. */
  createdBefore?: string | null | undefined;
  /** Recorded at this time or later. */
  createdFrom?: string | null | undefined;
  /** Of this merchant. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Of this order. 주문번호, `oid`. */
  orderId?: string | number | null | undefined;
  /** Of these mutations. */
  services?: Array<PayApiServiceName> | null | undefined;
  /** In one of these states. */
  states?: Array<PayApiOperationState> | null | undefined;
};

/** How far an operation is. */
export type PayApiOperationState =
  /** Not processed. */
  | 'FAILED'
  /** Under way. */
  | 'IN_PROGRESS'
  /** PayAPI processed it, or it was recorded that it had. */
  | 'SUCCEEDED'
  /** It may have been processed. What can be found out without risk settles itself (`settlePaymentOperation` does so at once); for all else a person has to look, and record it with `resolvePaymentOperation`. */
  | 'UNKNOWN';

/** Whether money or state may have moved. */
export type PayApiOutcome =
  /** Surely nothing was processed. */
  | 'NOT_PROCESSED'
  /** It may have been processed. Unless `retryable` is true, do not send it again before somebody has looked into the merchant console. */
  | 'UNKNOWN';

/** What happened to a payment. */
export type PayApiPaymentEventKind =
  /** A charge: `operation` tells how it ended. 승인. */
  | 'APPROVAL'
  /** A full cancel: `operation` tells how it ended. 전체 취소. */
  | 'CANCEL'
  /** A step of an escrow payment: `operation` tells which, and how it ended. 에스크로. */
  | 'ESCROW'
  /** PayAPI sent a notice. 노티. */
  | 'NOTICE'
  /** A partial cancel: `operation` tells how it ended. 부분 취소. */
  | 'PARTIAL_CANCEL'
  /** What had been recorded of `operation` was taken back. 결과 기록 취소. */
  | 'REOPENING'
  /** What became of `operation` was recorded. 결과 기록. */
  | 'RESOLUTION'
  /** The server tried to find out what became of `operation`. 결과 확인 시도. */
  | 'SETTLE_TRY';

/** Which payments; what is left out does not restrict. */
export type PayApiPaymentFilter = {
  /** Recorded before this time. */
  createdBefore?: string | null | undefined;
  /** Recorded at this time or later. */
  createdFrom?: string | null | undefined;
  /** Of this merchant. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Of this order. 주문번호, `oid`. */
  orderId?: string | number | null | undefined;
  /** That stand like one of these. */
  statuses?: Array<PayApiPaymentStatus> | null | undefined;
};

/** Payment method. 결제수단, `payType`, `clPaymethod`. */
export type PayApiPaymentMethod =
  /** Bank transfer. 계좌이체, `bank`. */
  | 'BANK_TRANSFER'
  /** Credit card. 신용카드, `card`. */
  | 'CARD'
  /** Mobile phone billing. 휴대폰, `hpp`. */
  | 'MOBILE'
  /** Virtual account. 가상계좌, `vbank`. */
  | 'VIRTUAL_ACCOUNT';

/** Where a payment stands. */
export type PayApiPaymentStatus =
  /** Approved, or deposited; nothing of it was canceled. 승인. */
  | 'APPROVED'
  /** A virtual account was issued; no money has come yet. 입금대기. */
  | 'AWAITING_DEPOSIT'
  /** Nothing of it is left. 전체 취소. */
  | 'CANCELED'
  /** The deposit to the virtual account was taken back. 입금취소. */
  | 'DEPOSIT_WITHDRAWN'
  /** A part was canceled. 부분 취소. */
  | 'PARTIALLY_CANCELED';

/** Who gets the goods. 수신자. */
export type PayApiRecipientInput = {
  /** Recipient's address. 수신자 주소, `recvAddr`. */
  address: string;
  /** Recipient's name. 수신자 이름, `recvName`. */
  name: string;
  /** Recipient's phone number. 수신자 전화번호, `recvTel`. */
  phone: string;
  /** Recipient's postal code, without separators. At most 40 characters. 수신자 우편번호, `recvPost`. */
  postalCode: string;
};

/** Where the money goes back to. 환불 계좌. */
export type PayApiRefundAccountInput = {
  /** Account number. At most 13 characters. 환불 계좌번호, `refundAccount`. */
  accountNumber?: string | null | undefined;
  /** Bank code of the contract's table, two characters. At most 2 characters. 환불 은행 코드, `refundBankCode`. */
  bankCode?: string | null | undefined;
  /** Account holder's name. 환불 계좌주명, `refundName`. */
  holderName: string;
};

/** Who sends the goods. 송신자. */
export type PayApiSenderInput = {
  /** Sender's address, first part. 송신자 주소1, `sendAddr1`. */
  address1: string;
  /** Sender's address, second part. 송신자 주소2, `sendAddr2`. */
  address2: string;
  /** Sender's name. 송신자 이름, `sendName`. */
  name: string;
  /** Sender's phone number. 송신자 전화번호, `sendTel`. */
  phone: string;
  /** Sender's postal code, without separators. 송신자 우편번호, `sendPost`. */
  postalCode: string;
};

/** What the journal remembers: the mutations that change something, by their names, and what the server does by itself. */
export type PayApiServiceName =
  /** Approves a payment that a buyer has authenticated at the link of an SMS; made by the server itself. SMS결제 승인, `P_REQ_URL`. */
  | 'approveSmsPayment'
  /** Cancels a payment as a whole. 결제 전체 취소, `/cancel/cancel`. */
  | 'cancelPayment'
  /** Cancels a part of a payment. 결제 부분 취소, `/cancel/repay`. */
  | 'cancelPaymentPartially'
  /** Charges a card by its billing key. 신용카드 빌링 승인, `/billing/billpay`. */
  | 'chargeCardBillingKey'
  /** Charges a card by its number. 신용카드 키인결제, `/noauth/pay/card`. */
  | 'chargeKeyedInCard'
  /** Charges a mobile phone by its billing key. 휴대폰 빌키 승인, `/billing/hppbillpay`. */
  | 'chargeMobileBillingKey'
  /** Records that the seller accepts the buyer's denial. 에스크로 구매거절 확인, `/escrow/denyconfirm`. */
  | 'confirmEscrowDenial'
  /** Records that the buyer confirms the purchase, so that the seller is paid. 에스크로 구매확정, `/escrow/buyconfirm`. */
  | 'confirmEscrowPurchase'
  /** Creates a short URL at which a buyer pays, to be sent by SMS. SMS결제용 단축 URL생성, `/smspay/makeUrl`. */
  | 'createSmsPaymentUrl'
  /** Deletes the billing key of a card. 신용카드 빌키 삭제, `/billing/billkey/delete`. */
  | 'deleteCardBillingKey'
  /** Records that the buyer denies the purchase and wants the money back. 에스크로 구매거절, `/escrow/buydeny`. */
  | 'denyEscrowPurchase'
  /** Issues a billing key for a card, with authentication of its holder. 신용카드 빌키 발급, `/billing/billkey/card`. */
  | 'issueCardBillingKey'
  /** Issues a billing key for a card, without authentication of its holder. 신용카드 비인증 빌키 발급, `/noauth/billkey/card`. */
  | 'issueCardBillingKeyWithoutAuth'
  /** Registers the delivery of an escrow payment, or changes one that is registered. 에스크로 배송등록, `/escrow/delivery`. */
  | 'registerEscrowDelivery';

/** Who pays the shipping. 배송비지급, `charge`. */
export type PayApiShippingPayer =
  /** The buyer. 구매자부담, `B`. */
  | 'BUYER'
  /** The seller. 판매자부담, `S`. */
  | 'SELLER';

/** Why a person should look at a payment by the link of an SMS. */
export type PayApiSmsPaymentException =
  /** A notice names another account. */
  | 'ACCOUNT_DIFFERS'
  /** A browser or a notice came with another amount. */
  | 'AMOUNT_DIFFERS'
  /** A browser named an address to approve at that is none of the PG’s. Nothing was sent there. */
  | 'APPROVAL_ADDRESS_REFUSED'
  /** The answer to the approval names another merchant, order or amount: it may have been charged. */
  | 'APPROVAL_DIFFERS'
  /** A browser came without a transaction id that can be one. */
  | 'AUTHENTICATION_MALFORMED'
  /** A notice tells the opposite of what is known. */
  | 'CONTRADICTION'
  /** A browser or a notice came for another merchant. */
  | 'MERCHANT_DIFFERS'
  /** A notice tells of another payment method. */
  | 'METHOD_DIFFERS'
  /** The order had been charged, or may have been: this was not approved, or, where it is `PAID` by a deposit, paid all the same. */
  | 'ORDER_CHARGED_BEFORE'
  /** A browser or a notice came for another order. */
  | 'ORDER_DIFFERS';

/** Which payments by SMS; what is left out does not restrict. */
export type PayApiSmsPaymentFilter = {
  /** Asked for before this time. */
  createdBefore?: string | null | undefined;
  /** Asked for at this time or later. */
  createdFrom?: string | null | undefined;
  /** Of this merchant. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Of this order. 상점주문번호, `P_OID`. */
  orderId?: string | number | null | undefined;
  /** That are as far as one of these. */
  statuses?: Array<PayApiSmsPaymentStatus> | null | undefined;
};

/** How far a payment by the link of an SMS is. */
export type PayApiSmsPaymentStatus =
  /** The buyer has authenticated, and the approval is under way. 인증 완료, 승인 중. */
  | 'AUTHENTICATED'
  /** A virtual account was issued; no money has come yet. 입금대기. */
  | 'AWAITING_DEPOSIT'
  /** The deposit to the virtual account was taken back: a person has to look. 입금취소. */
  | 'DEPOSIT_WITHDRAWN'
  /** Nobody has paid with it in time. 기한 만료. */
  | 'EXPIRED'
  /** A try failed, and nothing was charged by it. After a failed authentication the buyer may try again while the link works; after a refused approval the shop makes a new link. 결제 실패. */
  | 'FAILED'
  /** The link works; nobody has paid with it yet. 링크 생성. */
  | 'LINK_CREATED'
  /** Approved, or deposited. 결제 완료. */
  | 'PAID'
  /** It may have been charged: `resolvePaymentOperation` records what the merchant console shows of `approvalOperationId`; or, where that is null, it is not known whether the link was made. 결과 미확인. */
  | 'UNKNOWN';

/** Why there is no answer of PayAPI to go by, or what stands in the way of a request. */
export type PayApiTransportErrorReason =
  /** The address to approve a payment at leads into a private network. Not sent. */
  | 'ADDRESS_REFUSED'
  /** Of a refund: A cancel of the payment is under way, or nobody knows what became of it: `operationId` names it. How much remains depends on it. */
  | 'CANCEL_UNSETTLED'
  /** Of a conflict: The key was used before, but the server lacks the journal key to tell whether for the same input. The earlier request may have been processed: take no new key. */
  | 'CANNOT_BE_COMPARED'
  /** The connection was lost after the request was sent. */
  | 'CONNECTION_LOST'
  /** No connection to PayAPI could be made. Not sent. */
  | 'CONNECTION_REFUSED'
  /** No connection to PayAPI could be made in time. Not sent. */
  | 'CONNECT_TIMEOUT'
  /** Of a conflict: The key was used for another input. A new request needs a new key. */
  | 'DIFFERENT_INPUT'
  /** The facade itself stopped while the call was under way. */
  | 'INTERRUPTED'
  /** Of a conflict: A request with the same key is still under way. Ask again with the same key. */
  | 'IN_PROGRESS'
  /** The journal of operations could not be written. Not sent. Under its idempotencyKey an earlier request may have been processed, so ask again with the same key. */
  | 'JOURNAL_UNAVAILABLE'
  /** The answer names another merchant, transaction, order or amount: it is not ours. */
  | 'MISMATCHED_RESPONSE'
  /** Of a refund: More was asked for than remains of the payment: `remainingAmount` says how much that is. */
  | 'MORE_THAN_REMAINS'
  /** PayAPI's host name was not found. Not sent. */
  | 'NAME_NOT_FOUND'
  /** Of a refund: Nothing remains of the payment: all of it was canceled. */
  | 'NOTHING_LEFT'
  /** The facade's own bound on calls, under way or of one request, was reached. Not sent. */
  | 'OVERLOADED'
  /** Of a refund: What was paid is not known here: the payment was never seen approved. */
  | 'PAYMENT_NOT_KNOWN'
  /** Of a conflict: The order was, or may have been, charged before. */
  | 'SAME_ORDER'
  /** The facade is about to stop and begins no further call. Not sent. */
  | 'SHUTTING_DOWN'
  /** No complete answer came in time after the request was sent. */
  | 'TIMEOUT'
  /** No secure connection to PayAPI could be made. Not sent. */
  | 'TLS_FAILURE'
  /** What came back is no answer of PayAPI (HTML, nothing, half a JSON, a redirect), or one that may mean success as well as failure (`0000`, two codes that differ). */
  | 'UNREADABLE_RESPONSE';

/** Which deliveries; what is left out does not restrict. */
export type PayApiWebhookDeliveryFilter = {
  /** Of what happened before this time. */
  createdBefore?: string | null | undefined;
  /** Of what happened at this time or later. */
  createdFrom?: string | null | undefined;
  /** To one of these endpoints. */
  endpointIds?: Array<string | number> | null | undefined;
  /** Of this merchant. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** In one of these states. */
  states?: Array<PayApiWebhookDeliveryState> | null | undefined;
  /** Of one of these events. */
  types?: Array<PayApiWebhookEventType> | null | undefined;
};

/** How far the delivery of a webhook is. 웹훅 전송 상태. */
export type PayApiWebhookDeliveryState =
  /** The endpoint answered 2XX. 전송 완료. */
  | 'DELIVERED'
  /** It was tried for three days, or the endpoint wants nothing more (410). `resendWebhook` begins anew. 전송 포기. */
  | 'GIVEN_UP'
  /** It is to be delivered, or to be tried again. 전송 대기. */
  | 'PENDING';

/** Why an endpoint did not answer. */
export type PayApiWebhookError =
  /** Its host leads into a private network. */
  | 'ADDRESS_REFUSED'
  /** The connection ended before the answer. */
  | 'CONNECTION_LOST'
  /** It took no connection. */
  | 'CONNECTION_REFUSED'
  /** Its host’s name leads nowhere. */
  | 'NAME_NOT_FOUND'
  /** This server ended meanwhile. It is tried again at once. */
  | 'SHUTTING_DOWN'
  /** It took longer than ten seconds. */
  | 'TIMEOUT'
  /** Its certificate is not right, or there was no secure connection. */
  | 'TLS_FAILURE';

/** What a webhook tells of. Its body has the same name in small letters and with a dot. 웹훅 이벤트. */
export type PayApiWebhookEventType =
  /** `deposit.withdrawn`: The bank took a deposit to a virtual account back. 가상계좌 입금이 은행에서 취소되었습니다. */
  | 'DEPOSIT_WITHDRAWN'
  /** `escrow.changed`: The escrow of a payment went a step on: a delivery, a confirmation or a denial. 에스크로 거래의 상태가 변경되었습니다(배송 등록, 구매 확정, 구매 거절). */
  | 'ESCROW_CHANGED'
  /** `notice.unmatched`: A notice of the PG fits nothing that is known here. It is kept, and looked at again. PG 통지가 어떤 거래와도 일치하지 않습니다. 통지는 보관되며 다시 확인합니다. */
  | 'NOTICE_UNMATCHED'
  /** `operation.settled`: It became known what had become of a request of unknown outcome: it was processed, or it was not. 결과를 알 수 없던 요청의 처리 여부가 확인되었습니다. */
  | 'OPERATION_SETTLED'
  /** `operation.unknown`: Nobody knows whether PayAPI processed a request: its answer was lost, or its server ended. Never told as a payment or a cancel. 요청이 처리되었는지 알 수 없습니다. 응답이 유실되었거나 서버가 중단된 경우이며, 승인이나 취소로 통지되지 않습니다. */
  | 'OPERATION_UNKNOWN'
  /** `payment.approved`: A payment was approved, or the deposit to a virtual account arrived. 결제가 승인되었거나 가상계좌에 입금되었습니다. */
  | 'PAYMENT_APPROVED'
  /** `payment.canceled`: A payment was canceled, in full or in part. 결제가 전체 또는 부분 취소되었습니다. */
  | 'PAYMENT_CANCELED'
  /** `sms_payment.awaiting_deposit`: A virtual account was issued for a payment by a link in a text message: the deposit is awaited. SMS 결제의 가상계좌가 발급되어 입금을 기다립니다. */
  | 'SMS_PAYMENT_AWAITING_DEPOSIT'
  /** `sms_payment.expired`: The time of a link in a text message ran out, and nobody had used it. SMS 결제 링크가 사용되지 않은 채 만료되었습니다. */
  | 'SMS_PAYMENT_EXPIRED'
  /** `sms_payment.paid`: A payment by a link in a text message was paid. SMS 결제가 완료되었습니다. */
  | 'SMS_PAYMENT_PAID'
  /** `webhook.test`: Only a test: see `sendTestWebhook`. 시험 웹훅입니다. */
  | 'WEBHOOK_TEST';

/** What `refundPayment` takes. 결제 환불 (전체 취소 또는 부분 취소). */
export type RefundPaymentInput = {
  /** Amount to give back; all that remains where it is left out. At most 22 characters. 부분 취소 금액, `cancelPrice`. */
  amount?: string | number | null | undefined;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** Untaxed part of it. Only for merchants set to 'VAT decided by merchant'. At most 10 characters. 비과세, `taxfree`. */
  taxFreeAmount?: string | number | null | undefined;
  /** Transaction id of the payment. At most 40 characters. 거래ID, `tid`. */
  transactionId: string | number;
  /** VAT in it, at most a tenth of the amount. Only for merchants set to 'VAT decided by merchant'. At most 10 characters. 부가세, `tax`. */
  vatAmount?: string | number | null | undefined;
};

/** What `registerEscrowDelivery` takes. 에스크로 배송등록. */
export type RegisterEscrowDeliveryInput = {
  /** Price in won. 가격, `price`. */
  amount: string | number;
  /** Whether the delivery is new or changed. 에스크로등록형태, `report`. */
  change: PayApiEscrowDeliveryChange;
  /** IPv4 address of whoever asks for this. IP, `clientIp`. */
  clientIp: string;
  /** Day on which the delivery was checked. 배송등록 확인일자, `invoiceDay`. */
  confirmedOn: string;
  /** Who delivers. 택배사. */
  courier: PayApiCourierInput;
  /** What is delivered. 상품. */
  goods?: PayApiGoodsInput | null | undefined;
  /** Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent. At most 255 characters. 멱등키. */
  idempotencyKey?: string | number | null | undefined;
  /** Which of the configured merchants acts; the default one where it is left out. At most 10 characters. 가맹점ID, `mid`. */
  merchantId?: string | number | null | undefined;
  /** The shop's order number. At most 40 characters. 주문번호, `oid`. */
  orderId: string | number;
  /** Who gets the goods. 수신자. */
  recipient: PayApiRecipientInput;
  /** Person who registers the delivery. 배송등록자, `registName`. */
  registeredBy: string;
  /** Who sends the goods. 송신자. */
  sender: PayApiSenderInput;
  /** Number of the delivery where an order has several, e.g. 01. At most 2 characters. 주문번호 순번, `soid`. */
  sequence: string;
  /** Who pays the shipping. 배송비지급, `charge`. */
  shippingPaidBy: PayApiShippingPayer;
  /** Waybill number. 운송장번호, `invoice`. */
  trackingNumber: string;
  /** Transaction id of the payment. At most 40 characters. 거래ID, `tid`. */
  transactionId: string | number;
};

/** What was recorded wrongly of an operation. */
export type ReopenPaymentOperationInput = {
  /** The operation. */
  operationId: string | number;
  /** Why what was recorded is wrong, at most 500 characters. No card data. */
  reason: string;
};

/** Which delivery is to be made again. */
export type ResendWebhookInput = {
  /** The delivery, in whatever state it is. 전송 내역의 ID. */
  deliveryId: string | number;
};

/** What the merchant console showed of an operation. */
export type ResolvePaymentOperationInput = {
  /** Anything worth remembering, at most 500 characters. No card data. */
  note?: string | null | undefined;
  /** The operation of unknown outcome. */
  operationId: string | number;
  /** Whether PayAPI had processed it. */
  processed: boolean;
  /** The transaction id that the console showed; needed for a processed charge. 거래ID, `tid`. */
  transactionId?: string | number | null | undefined;
};

/** To whom a test is to be sent. */
export type SendTestWebhookInput = {
  /** The endpoint, as `PAYAPI_WEBHOOKS_FILE` names it. 웹훅 엔드포인트. */
  endpointId: string | number;
};

/** Which operation is to be settled. */
export type SettlePaymentOperationInput = {
  /** The operation of unknown outcome. */
  operationId: string | number;
};

export type CancelPaymentMutationVariables = Exact<{
  input: CancelPaymentInput;
}>;


export type CancelPaymentMutation = { cancelPayment:
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PaymentCancellation', merchantId: string | null, transactionId: string | null, orderId: string | null, amount: string | null, canceledAt: string | null, operationId: string | null }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type CancelPaymentPartiallyMutationVariables = Exact<{
  input: CancelPaymentPartiallyInput;
}>;


export type CancelPaymentPartiallyMutation = { cancelPaymentPartially:
    | { __typename: 'PartialPaymentCancellation', merchantId: string | null, transactionId: string | null, cancellationTransactionId: string | null, amount: string | null, remainingAmount: string | null, canceledAt: string | null, operationId: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type IssueCardBillingKeyMutationVariables = Exact<{
  input: IssueCardBillingKeyInput;
}>;


export type IssueCardBillingKeyMutation = { issueCardBillingKey:
    | { __typename: 'CardBillingKey', merchantId: string | null, billingKey: string | null, amount: string | null, issuedAt: string | null, transactionId: string | null, cardKind: PayApiCardKind | null, operationId: string | null, cardCompany: { code: string, name: string | null } | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type IssueCardBillingKeyWithoutAuthMutationVariables = Exact<{
  input: IssueCardBillingKeyWithoutAuthInput;
}>;


export type IssueCardBillingKeyWithoutAuthMutation = { issueCardBillingKeyWithoutAuth:
    | { __typename: 'CardBillingKey', merchantId: string | null, billingKey: string | null, amount: string | null, issuedAt: string | null, transactionId: string | null, cardKind: PayApiCardKind | null, operationId: string | null, cardCompany: { code: string, name: string | null } | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type ChargeCardBillingKeyMutationVariables = Exact<{
  input: ChargeCardBillingKeyInput;
}>;


export type ChargeCardBillingKeyMutation = { chargeCardBillingKey:
    | { __typename: 'CardPayment', merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, approvalNumber: string | null, approvedAt: string | null, operationId: string | null, cardCompany: { code: string, name: string | null } | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type DeleteCardBillingKeyMutationVariables = Exact<{
  input: DeleteCardBillingKeyInput;
}>;


export type DeleteCardBillingKeyMutation = { deleteCardBillingKey:
    | { __typename: 'DeletedBillingKey', merchantId: string | null, billingKey: string | null, operationId: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type ChargeMobileBillingKeyMutationVariables = Exact<{
  input: ChargeMobileBillingKeyInput;
}>;


export type ChargeMobileBillingKeyMutation = { chargeMobileBillingKey:
    | { __typename: 'MobilePayment', merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, approvedAt: string | null, operationId: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type ChargeKeyedInCardMutationVariables = Exact<{
  input: ChargeKeyedInCardInput;
}>;


export type ChargeKeyedInCardMutation = { chargeKeyedInCard:
    | { __typename: 'CardPayment', merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, approvalNumber: string | null, approvedAt: string | null, operationId: string | null, cardCompany: { code: string, name: string | null } | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type LookUpCardPrefixMutationVariables = Exact<{
  input: LookUpCardPrefixInput;
}>;


export type LookUpCardPrefixMutation = { lookUpCardPrefix:
    | { __typename: 'CardPrefix', merchantId: string | null, prefix: string | null, cardType: PayApiCardType | null, cardName: string | null, cardCompany: { code: string, name: string | null } | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type RegisterEscrowDeliveryMutationVariables = Exact<{
  input: RegisterEscrowDeliveryInput;
}>;


export type RegisterEscrowDeliveryMutation = { registerEscrowDelivery:
    | { __typename: 'EscrowDelivery', merchantId: string | null, transactionId: string | null, orderId: string | null, registeredAt: string | null, operationId: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type ConfirmEscrowPurchaseMutationVariables = Exact<{
  input: ConfirmEscrowPurchaseInput;
}>;


export type ConfirmEscrowPurchaseMutation = { confirmEscrowPurchase:
    | { __typename: 'EscrowPurchaseConfirmation', merchantId: string | null, transactionId: string | null, confirmedAt: string | null, operationId: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type DenyEscrowPurchaseMutationVariables = Exact<{
  input: DenyEscrowPurchaseInput;
}>;


export type DenyEscrowPurchaseMutation = { denyEscrowPurchase:
    | { __typename: 'EscrowPurchaseDenial', merchantId: string | null, transactionId: string | null, deniedAt: string | null, operationId: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type ConfirmEscrowDenialMutationVariables = Exact<{
  input: ConfirmEscrowDenialInput;
}>;


export type ConfirmEscrowDenialMutation = { confirmEscrowDenial:
    | { __typename: 'EscrowDenialConfirmation', merchantId: string | null, transactionId: string | null, confirmedAt: string | null, operationId: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type CheckEscrowStatusMutationVariables = Exact<{
  input: CheckEscrowStatusInput;
}>;


export type CheckEscrowStatusMutation = { checkEscrowStatus:
    | { __typename: 'EscrowStatus', merchantId: string | null, orderId: string | null, transactionId: string | null, state: PayApiEscrowState | null, stateCode: string | null, approvedOn: string | null, paymentMethod: PayApiPaymentMethod | null, amount: string | null, denialReason: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type CreateSmsPaymentUrlMutationVariables = Exact<{
  input: CreateSmsPaymentUrlInput;
}>;


export type CreateSmsPaymentUrlMutation = { createSmsPaymentUrl:
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'SmsPaymentUrl', merchantId: string | null, orderId: string | null, paymentUrl: string | null, expiresAt: string | null, operationId: string | null }
   | null };

export type CardPrefixQueryVariables = Exact<{
  prefix: string;
  merchantId?: string | number | null | undefined;
}>;


export type CardPrefixQuery = { cardPrefix:
    | { __typename: 'CardPrefix', merchantId: string | null, prefix: string | null, cardType: PayApiCardType | null, cardName: string | null, cardCompany: { code: string, name: string | null } | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type EscrowStatusQueryVariables = Exact<{
  transactionId: string | number;
  clientIp?: string | null | undefined;
  merchantId?: string | number | null | undefined;
}>;


export type EscrowStatusQuery = { escrowStatus:
    | { __typename: 'EscrowStatus', merchantId: string | null, orderId: string | null, transactionId: string | null, state: PayApiEscrowState | null, stateCode: string | null, approvedOn: string | null, paymentMethod: PayApiPaymentMethod | null, amount: string | null, denialReason: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type AcknowledgeNoticeMutationVariables = Exact<{
  input: AcknowledgeNoticeInput;
}>;


export type AcknowledgeNoticeMutation = { acknowledgeNotice:
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiNotice', id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null, acknowledgement: { acknowledgedBy: string, acknowledgedAt: string, note: string | null } | null, trust: { token: boolean, address: boolean | null, signature: boolean | null, matches: boolean | null } }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
   | null };

export type ReopenPaymentOperationMutationVariables = Exact<{
  input: ReopenPaymentOperationInput;
}>;


export type ReopenPaymentOperationMutation = { reopenPaymentOperation:
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiOperation', id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null, failure:
        | { __typename: 'PayApiHttpClientError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiHttpServerError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiIdempotencyConflict', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
        | { __typename: 'PayApiRefundRefused', reason: PayApiTransportErrorReason, remainingAmount: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiTransportError', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PgFailure', resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
       | null, resolution: { processed: boolean, transactionId: string | null, note: string | null, resolvedBy: string, resolvedAt: string } | null, evidence: Array<{ id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null }>, history: Array<{ at: string, kind: PayApiOperationEventKind, recordedBy: string, processed: boolean | null, transactionId: string | null, note: string | null, answer: string | null }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
   | null };

export type ResolvePaymentOperationMutationVariables = Exact<{
  input: ResolvePaymentOperationInput;
}>;


export type ResolvePaymentOperationMutation = { resolvePaymentOperation:
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiOperation', id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null, failure:
        | { __typename: 'PayApiHttpClientError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiHttpServerError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiIdempotencyConflict', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
        | { __typename: 'PayApiRefundRefused', reason: PayApiTransportErrorReason, remainingAmount: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiTransportError', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PgFailure', resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
       | null, resolution: { processed: boolean, transactionId: string | null, note: string | null, resolvedBy: string, resolvedAt: string } | null, evidence: Array<{ id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null }>, history: Array<{ at: string, kind: PayApiOperationEventKind, recordedBy: string, processed: boolean | null, transactionId: string | null, note: string | null, answer: string | null }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
   | null };

export type SettlePaymentOperationMutationVariables = Exact<{
  input: SettlePaymentOperationInput;
}>;


export type SettlePaymentOperationMutation = { settlePaymentOperation:
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiOperation', id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null, failure:
        | { __typename: 'PayApiHttpClientError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiHttpServerError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiIdempotencyConflict', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
        | { __typename: 'PayApiRefundRefused', reason: PayApiTransportErrorReason, remainingAmount: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PayApiTransportError', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
        | { __typename: 'PgFailure', resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
       | null, resolution: { processed: boolean, transactionId: string | null, note: string | null, resolvedBy: string, resolvedAt: string } | null, evidence: Array<{ id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null }>, history: Array<{ at: string, kind: PayApiOperationEventKind, recordedBy: string, processed: boolean | null, transactionId: string | null, note: string | null, answer: string | null }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
   | null };

export type RefundPaymentMutationVariables = Exact<{
  input: RefundPaymentInput;
}>;


export type RefundPaymentMutation = { refundPayment:
    | { __typename: 'PartialPaymentCancellation', merchantId: string | null, transactionId: string | null, cancellationTransactionId: string | null, amount: string | null, remainingAmount: string | null, canceledAt: string | null, operationId: string | null }
    | { __typename: 'PayApiHttpClientError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiHttpServerError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, httpStatus: number, resultCode: string | null, resultMessage: string | null }
    | { __typename: 'PayApiIdempotencyConflict', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiRefundRefused', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason, remainingAmount: string | null }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PaymentCancellation', merchantId: string | null, transactionId: string | null, orderId: string | null, amount: string | null, canceledAt: string | null, operationId: string | null }
    | { __typename: 'PgFailure', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, resultCode: string | null, resultMessage: string | null }
   | null };

export type NoticeQueryVariables = Exact<{
  id: string | number;
}>;


export type NoticeQuery = { notice: { id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null, acknowledgement: { acknowledgedBy: string, acknowledgedAt: string, note: string | null } | null, trust: { token: boolean, address: boolean | null, signature: boolean | null, matches: boolean | null } } | null };

export type NoticesQueryVariables = Exact<{
  filter?: PayApiNoticeFilter | null | undefined;
  before?: string | null | undefined;
  after?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
}>;


export type NoticesQuery = { notices: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null, acknowledgement: { acknowledgedBy: string, acknowledgedAt: string, note: string | null } | null, trust: { token: boolean, address: boolean | null, signature: boolean | null, matches: boolean | null } } }> } | null };

export type PaymentOperationQueryVariables = Exact<{
  id: string | number;
}>;


export type PaymentOperationQuery = { paymentOperation: { id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null, failure:
      | { __typename: 'PayApiHttpClientError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiHttpServerError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiIdempotencyConflict', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
      | { __typename: 'PayApiRefundRefused', reason: PayApiTransportErrorReason, remainingAmount: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiTransportError', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PgFailure', resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
     | null, resolution: { processed: boolean, transactionId: string | null, note: string | null, resolvedBy: string, resolvedAt: string } | null, evidence: Array<{ id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null }>, history: Array<{ at: string, kind: PayApiOperationEventKind, recordedBy: string, processed: boolean | null, transactionId: string | null, note: string | null, answer: string | null }> } | null };

export type PaymentOperationByKeyQueryVariables = Exact<{
  idempotencyKey: string | number;
  service: PayApiServiceName;
  merchantId?: string | number | null | undefined;
}>;


export type PaymentOperationByKeyQuery = { paymentOperationByKey: { id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null, failure:
      | { __typename: 'PayApiHttpClientError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiHttpServerError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiIdempotencyConflict', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
      | { __typename: 'PayApiRefundRefused', reason: PayApiTransportErrorReason, remainingAmount: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiTransportError', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PgFailure', resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
     | null, resolution: { processed: boolean, transactionId: string | null, note: string | null, resolvedBy: string, resolvedAt: string } | null, evidence: Array<{ id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null }>, history: Array<{ at: string, kind: PayApiOperationEventKind, recordedBy: string, processed: boolean | null, transactionId: string | null, note: string | null, answer: string | null }> } | null };

export type PaymentOperationsQueryVariables = Exact<{
  filter?: PayApiOperationFilter | null | undefined;
  before?: string | null | undefined;
  after?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
}>;


export type PaymentOperationsQuery = { paymentOperations: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null, failure:
          | { __typename: 'PayApiHttpClientError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
          | { __typename: 'PayApiHttpServerError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
          | { __typename: 'PayApiIdempotencyConflict', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
          | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
          | { __typename: 'PayApiRefundRefused', reason: PayApiTransportErrorReason, remainingAmount: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
          | { __typename: 'PayApiTransportError', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
          | { __typename: 'PgFailure', resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
         | null, resolution: { processed: boolean, transactionId: string | null, note: string | null, resolvedBy: string, resolvedAt: string } | null, evidence: Array<{ id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null }>, history: Array<{ at: string, kind: PayApiOperationEventKind, recordedBy: string, processed: boolean | null, transactionId: string | null, note: string | null, answer: string | null }> } }> } | null };

export type PaymentQueryVariables = Exact<{
  transactionId: string | number;
  merchantId?: string | number | null | undefined;
}>;


export type PaymentQuery = { payment: { merchantId: string, transactionId: string, orderId: string | null, paymentMethod: PayApiPaymentMethod | null, currency: PayApiCurrency | null, status: PayApiPaymentStatus | null, amount: string | null, canceledAmount: string | null, unsettledAmount: string | null, remainingAmount: string | null, approvedAt: string | null, approvalNumber: string | null, cardCompany: { code: string, name: string | null } | null, history: Array<{ at: string, kind: PayApiPaymentEventKind, amount: string | null, processed: boolean | null, recordedBy: string | null, note: string | null, operation: { id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null } | null }>, operations: Array<{ id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null }> } | null };

export type PaymentsQueryVariables = Exact<{
  filter?: PayApiPaymentFilter | null | undefined;
  before?: string | null | undefined;
  after?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
}>;


export type PaymentsQuery = { payments: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { merchantId: string, transactionId: string, orderId: string | null, paymentMethod: PayApiPaymentMethod | null, currency: PayApiCurrency | null, status: PayApiPaymentStatus | null, amount: string | null, canceledAmount: string | null, unsettledAmount: string | null, remainingAmount: string | null, approvedAt: string | null, approvalNumber: string | null, cardCompany: { code: string, name: string | null } | null, history: Array<{ at: string, kind: PayApiPaymentEventKind, amount: string | null, processed: boolean | null, recordedBy: string | null, note: string | null, operation: { id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null } | null }>, operations: Array<{ id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null }> } }> } | null };

export type SmsPaymentQueryVariables = Exact<{
  orderId: string | number;
  merchantId?: string | number | null | undefined;
}>;


export type SmsPaymentQuery = { smsPayment: { merchantId: string, orderId: string, paymentUrl: string | null, amount: string, paymentMethod: PayApiPaymentMethod | null, goodsName: string | null, status: PayApiSmsPaymentStatus, exception: PayApiSmsPaymentException | null, createdAt: string, expiresAt: string, paidAt: string | null, approvalOperationId: string | null, virtualAccount: { number: string, holderName: string | null, expiresAt: string | null, bank: { code: string, name: string | null } | null } | null } | null };

export type SmsPaymentsQueryVariables = Exact<{
  filter?: PayApiSmsPaymentFilter | null | undefined;
  before?: string | null | undefined;
  after?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
}>;


export type SmsPaymentsQuery = { smsPayments: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { merchantId: string, orderId: string, paymentUrl: string | null, amount: string, paymentMethod: PayApiPaymentMethod | null, goodsName: string | null, status: PayApiSmsPaymentStatus, exception: PayApiSmsPaymentException | null, createdAt: string, expiresAt: string, paidAt: string | null, approvalOperationId: string | null, virtualAccount: { number: string, holderName: string | null, expiresAt: string | null, bank: { code: string, name: string | null } | null } | null } }> } | null };

export type PaymentOperationChangedSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type PaymentOperationChangedSubscription = { paymentOperationChanged: { id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null, failure:
      | { __typename: 'PayApiHttpClientError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiHttpServerError', httpStatus: number, resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiIdempotencyConflict', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
      | { __typename: 'PayApiRefundRefused', reason: PayApiTransportErrorReason, remainingAmount: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PayApiTransportError', reason: PayApiTransportErrorReason, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
      | { __typename: 'PgFailure', resultCode: string | null, resultMessage: string | null, message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null }
     | null, resolution: { processed: boolean, transactionId: string | null, note: string | null, resolvedBy: string, resolvedAt: string } | null, evidence: Array<{ id: string, kind: PayApiNoticeKind, receivedAt: string, lastReceivedAt: string, timesReceived: number, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, event: PayApiNoticeEvent | null, escrowEvent: PayApiEscrowEvent | null, code: string | null, occurredAt: string | null, state: PayApiNoticeState, appliedAt: string | null, exception: PayApiNoticeException | null, charsetDoubtful: boolean | null }>, history: Array<{ at: string, kind: PayApiOperationEventKind, recordedBy: string, processed: boolean | null, transactionId: string | null, note: string | null, answer: string | null }> } | null };

export type PaymentChangedSubscriptionVariables = Exact<{
  transactionId: string | number;
  merchantId?: string | number | null | undefined;
}>;


export type PaymentChangedSubscription = { paymentChanged: { merchantId: string, transactionId: string, orderId: string | null, paymentMethod: PayApiPaymentMethod | null, currency: PayApiCurrency | null, status: PayApiPaymentStatus | null, amount: string | null, canceledAmount: string | null, unsettledAmount: string | null, remainingAmount: string | null, approvedAt: string | null, approvalNumber: string | null, cardCompany: { code: string, name: string | null } | null, history: Array<{ at: string, kind: PayApiPaymentEventKind, amount: string | null, processed: boolean | null, recordedBy: string | null, note: string | null, operation: { id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null } | null }>, operations: Array<{ id: string, service: PayApiServiceName | null, state: PayApiOperationState, merchantId: string | null, orderId: string | null, transactionId: string | null, amount: string | null, idempotencyKey: string | null, createdAt: string, finishedAt: string | null }> } | null };

export type SmsPaymentChangedSubscriptionVariables = Exact<{
  orderId: string | number;
  merchantId?: string | number | null | undefined;
}>;


export type SmsPaymentChangedSubscription = { smsPaymentChanged: { merchantId: string, orderId: string, paymentUrl: string | null, amount: string, paymentMethod: PayApiPaymentMethod | null, goodsName: string | null, status: PayApiSmsPaymentStatus, exception: PayApiSmsPaymentException | null, createdAt: string, expiresAt: string, paidAt: string | null, approvalOperationId: string | null, virtualAccount: { number: string, holderName: string | null, expiresAt: string | null, bank: { code: string, name: string | null } | null } | null } | null };

export type WorkChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type WorkChangedSubscription = { workChanged: { unknownOperations: number, openNotices: number | null } | null };

export type ResendWebhookMutationVariables = Exact<{
  input: ResendWebhookInput;
}>;


export type ResendWebhookMutation = { resendWebhook:
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiWebhookDelivery', id: string, webhookId: string, endpointId: string, type: PayApiWebhookEventType, createdAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, noticeId: string | null, sequence: number, state: PayApiWebhookDeliveryState, attempts: number, lastAttemptAt: string | null, lastStatus: number | null, lastError: PayApiWebhookError | null, nextAttemptAt: string | null }
   | null };

export type SendTestWebhookMutationVariables = Exact<{
  input: SendTestWebhookInput;
}>;


export type SendTestWebhookMutation = { sendTestWebhook:
    | { __typename: 'PayApiInvalidInput', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, issues: Array<{ path: Array<string>, code: PayApiInputIssueCode, message: string }> }
    | { __typename: 'PayApiTransportError', message: string, outcome: PayApiOutcome, retryable: boolean, requestId: string, requestedAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, reason: PayApiTransportErrorReason }
    | { __typename: 'PayApiWebhookDelivery', id: string, webhookId: string, endpointId: string, type: PayApiWebhookEventType, createdAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, noticeId: string | null, sequence: number, state: PayApiWebhookDeliveryState, attempts: number, lastAttemptAt: string | null, lastStatus: number | null, lastError: PayApiWebhookError | null, nextAttemptAt: string | null }
   | null };

export type WebhookDeliveriesQueryVariables = Exact<{
  filter?: PayApiWebhookDeliveryFilter | null | undefined;
  before?: string | null | undefined;
  after?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
}>;


export type WebhookDeliveriesQuery = { webhookDeliveries: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, webhookId: string, endpointId: string, type: PayApiWebhookEventType, createdAt: string, merchantId: string | null, orderId: string | null, transactionId: string | null, operationId: string | null, noticeId: string | null, sequence: number, state: PayApiWebhookDeliveryState, attempts: number, lastAttemptAt: string | null, lastStatus: number | null, lastError: PayApiWebhookError | null, nextAttemptAt: string | null } }> } | null };


export const CancelPaymentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelPayment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelPaymentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelPayment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PaymentCancellation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"canceledAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CancelPaymentMutation, CancelPaymentMutationVariables>;
export const CancelPaymentPartiallyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelPaymentPartially"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelPaymentPartiallyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelPaymentPartially"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PartialPaymentCancellation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"cancellationTransactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}},{"kind":"Field","name":{"kind":"Name","value":"canceledAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CancelPaymentPartiallyMutation, CancelPaymentPartiallyMutationVariables>;
export const IssueCardBillingKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"IssueCardBillingKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IssueCardBillingKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issueCardBillingKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CardBillingKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"billingKey"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"issuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"cardKind"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<IssueCardBillingKeyMutation, IssueCardBillingKeyMutationVariables>;
export const IssueCardBillingKeyWithoutAuthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"IssueCardBillingKeyWithoutAuth"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IssueCardBillingKeyWithoutAuthInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issueCardBillingKeyWithoutAuth"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CardBillingKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"billingKey"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"issuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"cardKind"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<IssueCardBillingKeyWithoutAuthMutation, IssueCardBillingKeyWithoutAuthMutationVariables>;
export const ChargeCardBillingKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChargeCardBillingKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChargeCardBillingKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chargeCardBillingKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CardPayment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"approvalNumber"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"approvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ChargeCardBillingKeyMutation, ChargeCardBillingKeyMutationVariables>;
export const DeleteCardBillingKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteCardBillingKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteCardBillingKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteCardBillingKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeletedBillingKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"billingKey"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<DeleteCardBillingKeyMutation, DeleteCardBillingKeyMutationVariables>;
export const ChargeMobileBillingKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChargeMobileBillingKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChargeMobileBillingKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chargeMobileBillingKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MobilePayment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"approvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ChargeMobileBillingKeyMutation, ChargeMobileBillingKeyMutationVariables>;
export const ChargeKeyedInCardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChargeKeyedInCard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChargeKeyedInCardInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chargeKeyedInCard"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CardPayment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"approvalNumber"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"approvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ChargeKeyedInCardMutation, ChargeKeyedInCardMutationVariables>;
export const LookUpCardPrefixDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LookUpCardPrefix"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LookUpCardPrefixInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lookUpCardPrefix"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CardPrefix"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cardType"}},{"kind":"Field","name":{"kind":"Name","value":"cardName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<LookUpCardPrefixMutation, LookUpCardPrefixMutationVariables>;
export const RegisterEscrowDeliveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RegisterEscrowDelivery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterEscrowDeliveryInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registerEscrowDelivery"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EscrowDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RegisterEscrowDeliveryMutation, RegisterEscrowDeliveryMutationVariables>;
export const ConfirmEscrowPurchaseDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmEscrowPurchase"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmEscrowPurchaseInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmEscrowPurchase"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EscrowPurchaseConfirmation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmEscrowPurchaseMutation, ConfirmEscrowPurchaseMutationVariables>;
export const DenyEscrowPurchaseDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DenyEscrowPurchase"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DenyEscrowPurchaseInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"denyEscrowPurchase"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EscrowPurchaseDenial"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"deniedAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<DenyEscrowPurchaseMutation, DenyEscrowPurchaseMutationVariables>;
export const ConfirmEscrowDenialDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmEscrowDenial"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmEscrowDenialInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmEscrowDenial"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EscrowDenialConfirmation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmEscrowDenialMutation, ConfirmEscrowDenialMutationVariables>;
export const CheckEscrowStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CheckEscrowStatus"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CheckEscrowStatusInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkEscrowStatus"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EscrowStatus"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateCode"}},{"kind":"Field","name":{"kind":"Name","value":"approvedOn"}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethod"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"denialReason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CheckEscrowStatusMutation, CheckEscrowStatusMutationVariables>;
export const CreateSmsPaymentUrlDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateSmsPaymentUrl"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateSmsPaymentUrlInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createSmsPaymentUrl"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SmsPaymentUrl"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"paymentUrl"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateSmsPaymentUrlMutation, CreateSmsPaymentUrlMutationVariables>;
export const CardPrefixDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CardPrefix"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"prefix"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cardPrefix"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"prefix"},"value":{"kind":"Variable","name":{"kind":"Name","value":"prefix"}}},{"kind":"Argument","name":{"kind":"Name","value":"merchantId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CardPrefix"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cardType"}},{"kind":"Field","name":{"kind":"Name","value":"cardName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CardPrefixQuery, CardPrefixQueryVariables>;
export const EscrowStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EscrowStatus"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"transactionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"clientIp"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"IPv4"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"escrowStatus"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"transactionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"transactionId"}}},{"kind":"Argument","name":{"kind":"Name","value":"clientIp"},"value":{"kind":"Variable","name":{"kind":"Name","value":"clientIp"}}},{"kind":"Argument","name":{"kind":"Name","value":"merchantId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EscrowStatus"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateCode"}},{"kind":"Field","name":{"kind":"Name","value":"approvedOn"}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethod"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"denialReason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<EscrowStatusQuery, EscrowStatusQueryVariables>;
export const AcknowledgeNoticeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcknowledgeNotice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AcknowledgeNoticeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgeNotice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiNotice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgement"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}},{"kind":"Field","name":{"kind":"Name","value":"trust"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"signature"}},{"kind":"Field","name":{"kind":"Name","value":"matches"}}]}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<AcknowledgeNoticeMutation, AcknowledgeNoticeMutationVariables>;
export const ReopenPaymentOperationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReopenPaymentOperation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReopenPaymentOperationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reopenPaymentOperation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiRefundRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"resolution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedBy"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<ReopenPaymentOperationMutation, ReopenPaymentOperationMutationVariables>;
export const ResolvePaymentOperationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResolvePaymentOperation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResolvePaymentOperationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resolvePaymentOperation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiRefundRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"resolution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedBy"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<ResolvePaymentOperationMutation, ResolvePaymentOperationMutationVariables>;
export const SettlePaymentOperationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SettlePaymentOperation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SettlePaymentOperationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"settlePaymentOperation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiOperation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiRefundRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"resolution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedBy"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<SettlePaymentOperationMutation, SettlePaymentOperationMutationVariables>;
export const RefundPaymentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefundPayment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefundPaymentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refundPayment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PaymentCancellation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"canceledAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PartialPaymentCancellation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"cancellationTransactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}},{"kind":"Field","name":{"kind":"Name","value":"canceledAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiRefundRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RefundPaymentMutation, RefundPaymentMutationVariables>;
export const NoticeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Notice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgement"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}},{"kind":"Field","name":{"kind":"Name","value":"trust"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"signature"}},{"kind":"Field","name":{"kind":"Name","value":"matches"}}]}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}}]}}]} as unknown as DocumentNode<NoticeQuery, NoticeQueryVariables>;
export const NoticesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Notices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiNoticeFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgement"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedAt"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}},{"kind":"Field","name":{"kind":"Name","value":"trust"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"signature"}},{"kind":"Field","name":{"kind":"Name","value":"matches"}}]}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}}]}}]}}]} as unknown as DocumentNode<NoticesQuery, NoticesQueryVariables>;
export const PaymentOperationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PaymentOperation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paymentOperation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiRefundRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"resolution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedBy"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}}]}}]} as unknown as DocumentNode<PaymentOperationQuery, PaymentOperationQueryVariables>;
export const PaymentOperationByKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PaymentOperationByKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"service"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiServiceName"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paymentOperationByKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}}},{"kind":"Argument","name":{"kind":"Name","value":"service"},"value":{"kind":"Variable","name":{"kind":"Name","value":"service"}}},{"kind":"Argument","name":{"kind":"Name","value":"merchantId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiRefundRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"resolution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedBy"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}}]}}]} as unknown as DocumentNode<PaymentOperationByKeyQuery, PaymentOperationByKeyQueryVariables>;
export const PaymentOperationsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PaymentOperations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiOperationFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paymentOperations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiRefundRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"resolution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedBy"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}}]}}]}}]} as unknown as DocumentNode<PaymentOperationsQuery, PaymentOperationsQueryVariables>;
export const PaymentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Payment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"transactionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"transactionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"transactionId"}}},{"kind":"Argument","name":{"kind":"Name","value":"merchantId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethod"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"canceledAmount"}},{"kind":"Field","name":{"kind":"Name","value":"unsettledAmount"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}},{"kind":"Field","name":{"kind":"Name","value":"approvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"approvalNumber"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}}]}}]} as unknown as DocumentNode<PaymentQuery, PaymentQueryVariables>;
export const PaymentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Payments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiPaymentFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethod"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"canceledAmount"}},{"kind":"Field","name":{"kind":"Name","value":"unsettledAmount"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}},{"kind":"Field","name":{"kind":"Name","value":"approvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"approvalNumber"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}}]}}]}}]} as unknown as DocumentNode<PaymentsQuery, PaymentsQueryVariables>;
export const SmsPaymentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SmsPayment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"smsPayment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"orderId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}},{"kind":"Argument","name":{"kind":"Name","value":"merchantId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"paymentUrl"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethod"}},{"kind":"Field","name":{"kind":"Name","value":"goodsName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"virtualAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"holderName"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"approvalOperationId"}}]}}]}}]} as unknown as DocumentNode<SmsPaymentQuery, SmsPaymentQueryVariables>;
export const SmsPaymentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SmsPayments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiSmsPaymentFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"smsPayments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"paymentUrl"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethod"}},{"kind":"Field","name":{"kind":"Name","value":"goodsName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"virtualAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"holderName"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"approvalOperationId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}}]}}]}}]} as unknown as DocumentNode<SmsPaymentsQuery, SmsPaymentsQueryVariables>;
export const PaymentOperationChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PaymentOperationChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paymentOperationChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PgFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpClientError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiHttpServerError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resultCode"}},{"kind":"Field","name":{"kind":"Name","value":"resultMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiIdempotencyConflict"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiRefundRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"resolution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedBy"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastReceivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"timesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"escrowEvent"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"appliedAt"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"charsetDoubtful"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}}]}}]} as unknown as DocumentNode<PaymentOperationChangedSubscription, PaymentOperationChangedSubscriptionVariables>;
export const PaymentChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PaymentChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"transactionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paymentChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"transactionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"transactionId"}}},{"kind":"Argument","name":{"kind":"Name","value":"merchantId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethod"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"canceledAmount"}},{"kind":"Field","name":{"kind":"Name","value":"unsettledAmount"}},{"kind":"Field","name":{"kind":"Name","value":"remainingAmount"}},{"kind":"Field","name":{"kind":"Name","value":"approvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"approvalNumber"}},{"kind":"Field","name":{"kind":"Name","value":"cardCompany"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"history"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}}]}}]} as unknown as DocumentNode<PaymentChangedSubscription, PaymentChangedSubscriptionVariables>;
export const SmsPaymentChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SmsPaymentChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"smsPaymentChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"orderId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}},{"kind":"Argument","name":{"kind":"Name","value":"merchantId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"merchantId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"paymentUrl"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethod"}},{"kind":"Field","name":{"kind":"Name","value":"goodsName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"exception"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"virtualAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"holderName"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"approvalOperationId"}}]}}]}}]} as unknown as DocumentNode<SmsPaymentChangedSubscription, SmsPaymentChangedSubscriptionVariables>;
export const WorkChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WorkChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unknownOperations"}},{"kind":"Field","name":{"kind":"Name","value":"openNotices"}}]}}]}}]} as unknown as DocumentNode<WorkChangedSubscription, WorkChangedSubscriptionVariables>;
export const ResendWebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResendWebhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResendWebhookInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resendWebhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiWebhookDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"webhookId"}},{"kind":"Field","name":{"kind":"Name","value":"endpointId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"noticeId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastStatus"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<ResendWebhookMutation, ResendWebhookMutationVariables>;
export const SendTestWebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendTestWebhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SendTestWebhookInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendTestWebhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiWebhookDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"webhookId"}},{"kind":"Field","name":{"kind":"Name","value":"endpointId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"noticeId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastStatus"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiFailure"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiInvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiTransportError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<SendTestWebhookMutation, SendTestWebhookMutationVariables>;
export const WebhookDeliveriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WebhookDeliveries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PayApiWebhookDeliveryFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"webhookDeliveries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"webhookId"}},{"kind":"Field","name":{"kind":"Name","value":"endpointId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"noticeId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastStatus"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}}]}}]}}]} as unknown as DocumentNode<WebhookDeliveriesQuery, WebhookDeliveriesQueryVariables>;