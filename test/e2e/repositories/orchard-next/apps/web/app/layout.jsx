export const metadata = { title: process.env.NEXT_PUBLIC_SHOP_NAME };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
