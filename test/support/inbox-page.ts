import type { Locator, Page } from 'playwright-core';

/** The rows of the list with this subject. */
export function row(page: Page, subject: string): Locator {
  return page.getByRole('option').filter({ hasText: subject });
}
