// Blocking, so that the theme that was chosen holds before the first paint. The page's policy forbids inline scripts.
try {
  const theme = localStorage.getItem('postfixture.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme it is.
}
