-- Whatever in schema public does not keep the tenants apart: (thing, fault).
-- "owned" is any table with a column tenant_id, partitions included.
with relations as (
    select c.oid, c.relname::text as name, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.relacl,
           t.attnum as tenant, t.attnotnull as filled, t.atttypid = 'text'::regtype as is_text
    from pg_class c
    left join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
),
owned as (select * from relations where tenant is not null),
rule as (
    select '(tenant_id = NULLIF(current_setting(''app.tenant''::text, true), ''''::text))' as wanted
),
foreign_keys as (select * from pg_constraint where contype = 'f'),
ours as (  -- not what an extension brought
    select c.* from pg_class c where relnamespace = 'public'::regnamespace
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
)
select name, '没有 tenant_id 列,也没有说明为何不属于任何租户(info 中的 shared)' from relations
where tenant is null and not name = any (:shared)
union all
select name, 'tenant_id 必须是非空的 text' from owned where not (filled and is_text)
union all
select name, '没有主键' from owned o
where not exists (select from pg_index i where i.indrelid = o.oid and i.indisprimary)
union all
select name, '没有强制行级安全(ENABLE 与 FORCE)' from owned where not (relrowsecurity and relforcerowsecurity)
union all
select name, '没有租户策略' from owned o
where not exists (select from pg_policy p where p.polrelid = o.oid and p.polname = 'tenant' and p.polcmd = '*')
union all
-- Policies are OR-ed, so a single lax one opens the table: each must be the rule itself,
-- or the one by which the owner of the search functions reads, or those above what is shown to them.
select name, '策略“' || polname || '”的 USING 或 WITH CHECK 不是租户规则'
from owned o join pg_policy p on p.polrelid = o.oid cross join rule
where p.polpermissive
  and not (p.polcmd = 'r' and p.polroles = array['zt_search'::regrole::oid])
  and not (p.polcmd = 'r' and p.polroles = array['zt_province'::regrole::oid] and name = any (:upward))
  and not (p.polcmd = '*' and coalesce(pg_get_expr(p.polqual, o.oid) = wanted, false)
           and coalesce(pg_get_expr(p.polwithcheck, o.oid) = wanted, false))
union all
select name, '表的所有者不是 zt_owner' from relations where relowner <> 'zt_owner'::regrole
union all
select name, '索引“' || x.relname || '”的首列不是 tenant_id'
from owned o join pg_index i on i.indrelid = o.oid join pg_class x on x.oid = i.indexrelid
where i.indkey[0] <> o.tenant
union all
select name, '约束“' || k.conname || '”是排他约束,不随 tenant_id 分区' from owned o
join pg_constraint k on k.conrelid = o.oid and k.contype = 'x' where k.conkey[1] <> o.tenant
union all
select o.name, '外键“' || k.conname || '”没有以 tenant_id 开头,或与被引用表的 tenant_id 不对应'
from owned o join foreign_keys k on k.conrelid = o.oid left join owned f on f.oid = k.confrelid
where k.conkey[1] <> o.tenant or k.confkey[1] <> f.tenant
union all
select name, '外键“' || k.conname || '”会把 tenant_id 置空(SET NULL 或 SET DEFAULT)'
from owned o join foreign_keys k on k.conrelid = o.oid
where k.confupdtype in ('n', 'd')
   or (k.confdeltype in ('n', 'd') and (k.confdelsetcols is null or o.tenant = any (k.confdelsetcols)))
union all
select r.name, '不属于租户的表引用了租户的表:外键“' || k.conname || '”'
from relations r join foreign_keys k on k.conrelid = r.oid join owned f on f.oid = k.confrelid
where r.tenant is null
union all
select relname::text, '不得使用序列' from ours where relkind = 'S'
union all
select relname::text, '不得使用物化视图' from ours where relkind = 'm'
union all
select relname::text, '不得使用外部表' from ours where relkind = 'f'
union all
select relname::text, '视图必须声明 security_invoker' from ours
where relkind = 'v'
  and not coalesce(reloptions && array['security_invoker=true', 'security_invoker=on'], false)
union all
select name, '应用账号拥有 ' || p || ' 权限'
from relations r cross join unnest(array['truncate', 'references', 'trigger']) p
where has_table_privilege('zt_app', r.oid, p)
union all
select name, '是只增不改的表,应用账号却可以修改或删除' from relations r
where name = any (:append_only) and has_table_privilege('zt_app', r.oid, 'update, delete')
union all
select relname::text, '对所有人(PUBLIC)开放' from ours cross join aclexplode(relacl) a
where relkind in ('r', 'p', 'v') and a.grantee = 0
union all
select p.oid::regprocedure::text, 'SECURITY DEFINER 函数须归 zt_search 所有、固定 search_path、不对所有人开放'
from pg_proc p
where p.pronamespace = 'public'::regnamespace and p.prosecdef
  and (p.proowner <> 'zt_search'::regrole
       or not coalesce(array_to_string(p.proconfig, ',') ~ 'search_path=', false)
       or has_function_privilege('public', p.oid, 'execute'))
union all
select name || '.' || attname, '省级统计角色 zt_province 不得读取' from relations r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
where has_column_privilege('zt_province', r.oid, a.attnum, 'select') and not name || '.' || attname = any (:upward_columns)
union all
select name, '省级统计角色 zt_province 可以写入' from relations r
where has_any_column_privilege('zt_province', r.oid, 'insert, update')
   or has_table_privilege('zt_province', r.oid, 'delete, truncate, trigger')
union all
select rolname::text, '须为 NOLOGIN、NOINHERIT,没有 SUPERUSER、BYPASSRLS 等特权,也不是其他角色的成员' from pg_roles r
where rolname = 'zt_province'
  and (rolcanlogin or rolinherit or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
       or exists (select from pg_auth_members m where m.member = r.oid))
