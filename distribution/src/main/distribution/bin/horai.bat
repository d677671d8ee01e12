@echo off
rem Starts Horai. Settings: JAVA_HOME; HORAI_HOME, the folder for state; HORAI_OPTS, options for java.
setlocal
for %%I in ("%~dp0..") do set "HOME_DIR=%%~fI"
if "%~1"=="--version" type "%HOME_DIR%\etc\version.txt" & exit /b 0
if "%~1"=="--help" type "%HOME_DIR%\etc\usage.txt" & exit /b 0

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
set "STATE=%USERPROFILE%\.horai"
if defined HORAI_HOME set "STATE=%HORAI_HOME%"

"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ^
  %HORAI_OPTS% "-Dhorai.home=%HOME_DIR%" "-Dhorai.state=%STATE%" ^
  -jar "%HOME_DIR%\lib\horai-launcher.jar" %*
exit /b %ERRORLEVEL%
