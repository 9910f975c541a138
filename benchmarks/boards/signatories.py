"""As many adherences to the charter as the cycle has applications, with their reports and letters.

Written by statements over the same series of numbers. Most are signatories; some file, wait, are
late or have ended, so that every list of those who run the charter has its rows.
"""

# One in fifteen waits for the organiser, one in fifty is in each of the states that need somebody.
STATE = """case when n % 15 = 0 then 'deposee' when n % 50 = 1 then 'brouillon'
            when n % 50 = 2 then 'sans_bilan' when n % 50 = 3 then 'suspendue'
            when n % 50 = 4 then 'radiee' else 'active' end"""
# The last one is overseas, where the clock and the public holidays are others.
REGIONS = "array['REG-84', 'REG-53', 'REG-11', 'REG-93', 'REG-32', 'REG-02']"
ZONE = "case n % 6 when 5 then 'America/Martinique' else 'Europe/Paris' end"
AREA = "case n % 6 when 5 then 'martinique' else 'common' end"

ADHERENCES = f"""
    insert into adherence (id, charter_code, charter_id, workflow, siret, siren, company, territory,
                           zone, area, size, size_declared, entry, self_diagnosis, state, since,
                           accepted_on, term_on, missed_on, suspended_on, lateness, public_reason,
                           for_fault, verification_code)
    select gen_random_uuid(), 'charte-insertion', charter.id, 'adherence:' || n,
           lpad(n::text, 14, '0'), lpad(n::text, 9, '0'), 'Entreprise ' || md5(n::text),
           ({REGIONS})[1 + n % 6], {ZONE}, {AREA}, 'PME', false, '{{}}', '{{}}', {STATE},
           now() - n % 40 * interval '1 day',
           current_date - 400 - n % 700,
           (date_trunc('month', current_date + 695 - n % 700) + interval '1 month -1 day')::date,
           case when n % 50 = 2 then current_date - 30 end,
           case when n % 50 = 3 then current_date - 30 end, 0, '', false, 'BENCH' || n
    from generate_series(:first, :last) as n,
         (select id from charter order by version desc limit 1) as charter
"""  # noqa: S608  (made of our own words; every value is a parameter)
REPORTS = """
    insert into report (id, adherence_id, year, step, closes_at, answers, sent, fingerprint,
                        submitted_at, returned, returned_reason, extended, extension_reason, late,
                        missed, level, levels)
    select gen_random_uuid(), adherence.id, this.y - ago,
           case when ago > 0 then 'accepte'
                else (array['ouvert', 'depose', 'accepte', 'accepte'])[1 + n % 4] end,
           now() + interval '20 days' - ago * interval '1 year', '{}', '{}', md5(n::text),
           now() - n % 40 * interval '1 day' - ago * interval '1 year',
           false, '', false, '', false, adherence.missed_on is not null and ago = 0, '', '{}'
    from generate_series(:first, :last) as n
         join adherence on adherence.verification_code = 'BENCH' || n,
         generate_series(0, 2) as ago, (select extract(year from now())::int as y) as this
    where adherence.accepted_on is not null and adherence.state in ('active', 'sans_bilan', 'suspendue')
"""
CHARTER_LETTERS = """
    insert into letter (id, key, kind, subject, person_id, facts, state, sent_at)
    select gen_random_uuid(), kind || ':' || adherence.id, kind, 'adherence:' || adherence.id,
           person.id, cast(:facts as jsonb), case when n % 5 = 0 then 'failed' else 'sent' end, now()
    from generate_series(:first, :last) as n
         join adherence on adherence.verification_code = 'BENCH' || n
         join person on person.email = 'company-' || n || '@exemple.fr',
         unnest(array['charter_receipt', 'charter_abandoned']) as kind
"""
GROWING = (ADHERENCES, REPORTS, CHARTER_LETTERS)
