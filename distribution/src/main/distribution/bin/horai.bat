@echo off
rem Starts Horai. Settings: JAVA_HOME; HORAI_HOME, the folder for state (default .horai in the user's
rem folder); HORAI_OPTS, further options for java. No blocks in parentheses: paths may contain them.
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "HOME_DIR=%%~fI"
if "%~1"=="--version" goto version
if "%~1"=="-V" goto version
if "%~1"=="--help" goto help
if "%~1"=="-h" goto help

rem Settings may be quoted, and folders may end in a backslash, which would escape a quote behind it.
if defined JAVA_HOME set "JAVA_HOME=%JAVA_HOME:"=%"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe" & goto state
set "JAVA="
for %%I in (java.exe) do set "JAVA=%%~$PATH:I"
if not defined JAVA goto nojava

:state
set "STATE=%USERPROFILE%\.horai"
if defined HORAI_HOME set "STATE=%HORAI_HOME:"=%"
for %%I in ("%STATE%\.") do set "STATE=%%~fI"
if not exist "%STATE%\cache\" mkdir "%STATE%\cache" 2>nul
if not exist "%STATE%\cache\" goto nostate

rem Java starts faster with an archive of the classes of the very same files; the first run makes it.
set "LIB=%HOME_DIR%\lib"
set /a FACTS=0
for %%I in ("%JAVA%" "%LIB%\*.jar") do set /a FACTS+=%%~zI
set "ARCHIVE=%STATE%\cache\classes-%FACTS%.jsa"
if "%~1"=="--warm-up" if exist "%ARCHIVE%" del "%ARCHIVE%"
if exist "%ARCHIVE%" set "ARCHIVE=-XX:SharedArchiveFile=%ARCHIVE%" & goto start

set "VERSION="
for /f "tokens=2,3" %%U in ('^""%JAVA%" -version 2^>^&1^"') do if "%%U"=="version" set "VERSION=%%~V"
if not defined VERSION goto badjava
for /f "delims=.-+" %%U in ("%VERSION%") do set "VERSION=%%U"
if %VERSION% LSS 17 goto oldjava
forfiles /p "%STATE%\cache" /m classes-*.jsa /d -7 /c "cmd /c del @path" >nul 2>nul
set "ARCHIVE=-XX:ArchiveClassesAtExit=%ARCHIVE%"

:start
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -XX:TLABSize=64k -XX:-ResizeTLAB ^
  -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 ^
  -Xshare:auto "%ARCHIVE%" -Xlog:disable -Xlog:all=error:stderr -Djava.util.logging.config.class=java.lang.Object ^
  %HORAI_OPTS% "-Dhorai.home=%HOME_DIR%\." "-Dhorai.state=%STATE%\." ^
  -jar "%LIB%\horai-launcher.jar" %*
exit /b %ERRORLEVEL%

:version
type "%HOME_DIR%\etc\version.txt"
exit /b 0

:help
type "%HOME_DIR%\etc\usage.txt"
exit /b 0

:nojava
echo horai: There is no Java.>&2
echo Next: install Java 17 or newer, or set JAVA_HOME.>&2
exit /b 3

:badjava
echo horai: "%JAVA%" does not run.>&2
echo Next: set JAVA_HOME.>&2
exit /b 3

:oldjava
echo horai: "%JAVA%" is version %VERSION%; 17 is needed.>&2
echo Next: set JAVA_HOME.>&2
exit /b 3

:nostate
echo horai: The state folder "%STATE%" cannot be written.>&2
echo Next: set HORAI_HOME to a folder that you may write.>&2
exit /b 3
