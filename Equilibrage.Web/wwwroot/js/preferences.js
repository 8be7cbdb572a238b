const oneYear = 365 * 24 * 3600;

/** Keeps a value in a cookie, so that the server can render the right thing first time. */
export function remember(name, value) {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${name}=${value}; path=/; max-age=${oneYear}; samesite=lax${secure}`;
}

/** Shows a theme ("light", "dark" or "system") and remembers it. */
export function setTheme(cookie, theme) {
  document.documentElement.dataset.theme = theme;
  remember(cookie, theme);
}
