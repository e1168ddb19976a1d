import 'reflect-metadata'
import { type BeforeApplicationShutdown, Body, Controller, Module, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { createPayApiGraphql } from 'payapi-graphql'

const { PORT = '3000', PUBLIC_URL, NOTICE_TOKEN = 'a-secret-of-your-own' } = process.env

const payments = createPayApiGraphql({
  journal: { url: 'file:./data/payments.db' },
  publicUrl: PUBLIC_URL,
  notices: { endpoints: [{ kind: 'deposit', mid: 'welcometst', token: NOTICE_TOKEN }] },
})

@Controller('orders')
class Orders {
  @Post()
  order(@Body() body: object) {
    return { ordered: body }
  }
}

@Module({ controllers: [Orders] })
class Shop implements BeforeApplicationShutdown {
  beforeApplicationShutdown() {
    return payments.close()
  }
}

const app = await NestFactory.create(Shop, { logger: ['error'] })
// Before listen(), which adds the body parsers: notices are forms in EUC-KR, which no parser leaves as they were sent.
app.use(payments.nodeHandler)
app.enableShutdownHooks()

await payments.ready()
await app.listen(Number(PORT), '127.0.0.1')
console.log(app.getHttpServer().address())
