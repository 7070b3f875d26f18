-- One word for everything on which the tenants' isolation rests, and for the packs in force: roles and their
-- memberships, databases, tables with their rights, columns, constraints, indexes, policies, functions, extensions.
-- Counters that the server keeps by itself (pages, tuples, frozen ids) stay out.
select md5(string_agg(line, E'\n' order by line collate "C")) from (
    select row(current_setting('server_version'))::text as line
    union all select row('role', oid, rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolbypassrls)::text
        from pg_roles
    union all select row('member', roleid, member, admin_option)::text from pg_auth_members
    union all select row('database', oid, datname, datdba, datacl)::text from pg_database
    union all select row('schema', oid, nspname, nspowner, nspacl)::text from pg_namespace where nspname !~ '^pg_'
    union all select row('table', oid, relname, relowner, relkind, relacl, relrowsecurity, relforcerowsecurity, reloptions)::text
        from pg_class where relnamespace = 'public'::regnamespace
    union all select row('column', attrelid, attnum, attname, atttypid, attnotnull, attisdropped, attacl)::text
        from pg_attribute join pg_class on pg_class.oid = attrelid where relnamespace = 'public'::regnamespace
    union all select row('constraint', oid, pg_get_constraintdef(oid))::text from pg_constraint where connamespace = 'public'::regnamespace
    union all select row('index', indexrelid, pg_get_indexdef(indexrelid), indisvalid)::text
        from pg_index join pg_class on pg_class.oid = indrelid where relnamespace = 'public'::regnamespace
    union all select row('policy', oid, polname, polrelid, polcmd, polpermissive, polroles,
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))::text from pg_policy
    union all select row('trigger', tgrelid, tgenabled, pg_get_triggerdef(oid))::text from pg_trigger where not tgisinternal
    union all select row('function', oid, proname, proowner, proacl, prosecdef, proconfig, prosrc)::text
        from pg_proc where pronamespace = 'public'::regnamespace
    union all select row('extension', extname, extversion)::text from pg_extension
    union all select row('migration', version_num)::text from public.alembic_version
    union all select row('pack', tenant_id, version, digest)::text from public.pack_version
) as catalogue
