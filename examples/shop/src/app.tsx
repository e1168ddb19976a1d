import { useEffect, useState } from 'react'
import { Admin } from './admin.tsx'
import { get, setScenario } from './api.ts'
import { Cart } from './cart.tsx'
import { OrderPage } from './order.tsx'
import type { Shop } from './shop.ts'
import { firstLanguage, LanguageContext, useTexts } from './texts.ts'

export function App() {
  const [language, setLanguage] = useState(firstLanguage)
  const [shop, setShop] = useState<Shop>()
  useEffect(() => {
    get<Shop>('/api/shop').then(setShop)
  }, [])
  useEffect(() => {
    document.documentElement.lang = language
    localStorage.setItem('language', language)
  }, [language])
  return (
    <LanguageContext value={language}>
      <Frame onSwitch={() => setLanguage(language === 'ko' ? 'en' : 'ko')} scenarios={shop?.scenarios ?? []}>
        {shop && <Page shop={shop} />}
      </Frame>
    </LanguageContext>
  )
}

function Page({ shop }: { shop: Shop }) {
  const [, place, id] = location.pathname.split('/')
  if (place === 'admin') return <Admin />
  if (place === 'orders' && id) return <OrderPage id={id} shop={shop} />
  return <Cart shop={shop} />
}

interface FrameProps {
  readonly scenarios: Shop['scenarios']
  readonly children: React.ReactNode
  onSwitch(): void
}

function Frame({ scenarios, children, onSwitch }: FrameProps) {
  const text = useTexts()
  const title = text('shop')
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <>
      <header>
        <a href="/">{title}</a>
        <button type="button" className="plain" onClick={onSwitch}>
          {text('other')}
        </button>
      </header>
      <main>{children}</main>
      {scenarios.length > 0 && (
        <footer>
          <label>
            {text('scenario')}{' '}
            <select onChange={({ currentTarget }) => setScenario(currentTarget.value)}>
              <option value="">{text('normal')}</option>
              {scenarios.map((name) => (
                <option key={name} value={name}>
                  {text(name)}
                </option>
              ))}
            </select>
          </label>
        </footer>
      )}
    </>
  )
}
