# The page of `chancery serve`: web/ bundled by node and packed into one file, WEB_FILE, which becomes part of the program. Without CHY_WEB it is empty.
set(WEB_FILE ${CMAKE_BINARY_DIR}/web.pack)
if(NOT CHY_WEB OR NOT EXISTS ${CMAKE_SOURCE_DIR}/web/build.mjs)
  file(WRITE ${WEB_FILE} "")
  return()
endif()
find_program(NODE node)
find_program(NPM npm)
if(NOT NODE OR NOT NPM)
  message(FATAL_ERROR "The page of `chancery serve` wants node (18 or later) and npm: scripts/deps installs them, or configure with -DCHY_WEB=OFF for the API without the page.")
endif()
file(GLOB_RECURSE WEB_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*)
list(FILTER WEB_SOURCES EXCLUDE REGEX "/web/(node_modules|test)/")
set(WEB_WORK ${CMAKE_BINARY_DIR}/web)
add_custom_command(OUTPUT ${WEB_FILE}
    COMMAND ${CMAKE_SOURCE_DIR}/cmake/web.sh ${NODE} ${NPM} ${CMAKE_SOURCE_DIR}/web ${WEB_WORK} ${WEB_FILE}
    DEPENDS ${WEB_SOURCES} ${CMAKE_SOURCE_DIR}/cmake/web.sh ${CMAKE_SOURCE_DIR}/cmake/pack.mjs VERBATIM COMMENT "Bundling the page")
