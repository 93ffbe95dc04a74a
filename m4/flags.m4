dnl Probing of flags, each on its own, with -Werror so that "unknown, ignored" counts as no. A
dnl comma inside a compiler flag parts two that go together. (A loop variable named f would
dnl rewrite every "rm -f" of configure.)

dnl TD_COMPILER_FLAGS(VARIABLE, FLAGS): those of FLAGS that the compiler takes.
AC_DEFUN([TD_COMPILER_FLAGS], [
	$1=
	td_saved_flags=$CFLAGS
	for td_flag in m4_normalize([$2])
	do
		td_flag=`AS_ECHO(["$td_flag"]) | tr , ' '`
		AC_MSG_CHECKING([whether $CC takes $td_flag])
		CFLAGS="$td_saved_flags -Werror $td_flag"
		AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <stdio.h>]], [[puts("")]])],
			[AC_MSG_RESULT([yes]); $1="$$1 $td_flag"], [AC_MSG_RESULT([no])])
	done
	CFLAGS=$td_saved_flags
	AC_SUBST([$1])
])

dnl TD_LINKER_FLAGS(VARIABLE, FLAGS): those of FLAGS that a program can be linked with.
AC_DEFUN([TD_LINKER_FLAGS], [
	$1=
	td_saved_flags=$LDFLAGS
	td_saved_cflags=$CFLAGS
	CFLAGS="$CFLAGS $HARDEN_CFLAGS"
	for td_flag in m4_normalize([$2])
	do
		AC_MSG_CHECKING([whether programs link with $td_flag])
		LDFLAGS="$td_saved_flags -Werror $td_flag"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <stdio.h>]], [[puts("")]])],
			[AC_MSG_RESULT([yes]); $1="$$1 $td_flag"], [AC_MSG_RESULT([no])])
	done
	LDFLAGS=$td_saved_flags
	CFLAGS=$td_saved_cflags
	AC_SUBST([$1])
])
