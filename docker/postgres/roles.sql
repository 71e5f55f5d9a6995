-- The owner makes and changes tables; the application's role owns nothing (docs/operations.md, Database roles).
CREATE ROLE yajin_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE yajin_app LOGIN PASSWORD :'app_password';
ALTER DATABASE yajin OWNER TO yajin_owner;
REVOKE ALL ON DATABASE yajin FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE yajin TO yajin_app;
