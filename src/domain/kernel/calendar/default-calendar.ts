import { calendarOf, HolidayYear, type Calendar } from './calendar.ts';
import year2015 from './holidays/2015.json' with { type: 'json' };
import year2016 from './holidays/2016.json' with { type: 'json' };
import year2017 from './holidays/2017.json' with { type: 'json' };
import year2018 from './holidays/2018.json' with { type: 'json' };
import year2019 from './holidays/2019.json' with { type: 'json' };
import year2020 from './holidays/2020.json' with { type: 'json' };
import year2021 from './holidays/2021.json' with { type: 'json' };
import year2022 from './holidays/2022.json' with { type: 'json' };
import year2023 from './holidays/2023.json' with { type: 'json' };
import year2024 from './holidays/2024.json' with { type: 'json' };
import year2025 from './holidays/2025.json' with { type: 'json' };
import year2026 from './holidays/2026.json' with { type: 'json' };
import year2027 from './holidays/2027.json' with { type: 'json' };

/**
 * What Heshi ships with: the State Council's notices from 2015 on, as collected by holiday-cn (see
 * `holidays/SOURCE.txt`). The newest file is empty until its year is announced; a workstation then
 * imports it (`extendCalendar`) without waiting for a release.
 */
export const defaultCalendar: Calendar = calendarOf(
  [
    year2015,
    year2016,
    year2017,
    year2018,
    year2019,
    year2020,
    year2021,
    year2022,
    year2023,
    year2024,
    year2025,
    year2026,
    year2027,
  ].map((file) => HolidayYear.parse(file)),
);
