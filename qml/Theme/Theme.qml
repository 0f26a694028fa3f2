pragma Singleton
import QtQuick

// Every colour, size and duration of the application. `dark`, `reduceMotion`, `keyboard` and `pictures` are set by Main.
QtObject {
    property bool dark: true
    property bool reduceMotion: false
    property bool keyboard: false   // the ring around what has the focus is shown
    property string pictures: "medium"
    readonly property real pictureScale: pictures === "small" ? 0.74 : pictures === "large" ? 1.4 : 1   // of grids

    readonly property color background: dark ? "#0E1418" : "#F6F8F9"
    readonly property color surface: dark ? "#151D23" : "#FFFFFF"
    readonly property color raised: dark ? "#1D2830" : "#FFFFFF"
    readonly property color hover: dark ? "#22303A" : "#E9EEF1"      // to be seen on what is raised, too
    readonly property color pressed: dark ? "#2E3E4A" : "#DDE5E9"
    readonly property color line: dark ? "#24303A" : "#DFE6EA"
    readonly property color control: dark ? "#25333E" : "#E9EEF1"
    readonly property color text: dark ? "#E8EEF1" : "#13202A"
    readonly property color secondary: dark ? "#9FB0BA" : "#52636E"
    readonly property color disabled: dark ? "#5E6E78" : "#9AA8B0"
    readonly property color accent: dark ? "#2BB3C0" : "#0B7F8C"
    readonly property color accentInk: dark ? "#04191C" : "#FFFFFF"
    readonly property color good: dark ? "#4CC38A" : "#1B7F4D"
    readonly property color warning: dark ? "#E5B454" : "#8A5A00"
    readonly property color error: dark ? "#F2766B" : "#B3261E"
    readonly property color shadow: dark ? "#66000000" : "#26132029"
    readonly property color scrim: "#99000000"

    // Over a picture, whatever the theme.
    readonly property color onPicture: "#E8EEF1"
    readonly property color onPictureSecondary: "#B4C2CA"
    readonly property color pictureAccent: "#2BB3C0"
    readonly property color pictureHover: "#33FFFFFF"
    readonly property color pictureSheet: "#F0151D23"

    readonly property color pictureInk: "#FFFFFF"
    readonly property color pictureBlack: "#000000"
    readonly property color pictureGround: "#0E1418"
    readonly property color pictureBadge: "#CC0E1418"
    readonly property color pictureVeil: "#800E1418"
    readonly property color pictureWarning: "#E5B454"
    readonly property color pictureTrack: "#B3000000"
    readonly property color pictureShadeMore: "#D9000000"
    readonly property color pictureDim: "#66000000"
    readonly property color pictureLight: "#1FFFFFFF"
    readonly property color pictureRow: "#26FFFFFF"
    readonly property color pictureRowHover: "#1AFFFFFF"
    readonly property color pictureLine: "#40FFFFFF"
    readonly property color pictureLineMore: "#66FFFFFF"

    // Where something will be, or how far it is.
    readonly property color track: dark ? "#33FFFFFF" : "#2613202A"
    readonly property color trackMore: dark ? "#40FFFFFF" : "#3313202A"
    readonly property color plateTop: dark ? "#1F2C35" : "#E4EBEE"
    readonly property color plateBottom: dark ? "#17212A" : "#D6E0E5"
    readonly property color playing: dark ? "#162B32" : "#E0F1F3"
    readonly property color glow: dark ? "#10222A" : "#E3F0F2"
    readonly property color logoTop: "#2BB3C0"
    readonly property color logoBottom: "#0B6E86"

    readonly property string family: "Inter"
    readonly property int tiny: 12
    readonly property int small: 14
    readonly property int body: 16
    readonly property int heading: 20
    readonly property int title: 28
    readonly property int display: 40

    readonly property int margin: 32
    readonly property int marginNarrow: 16
    readonly property int gap: 16
    readonly property int radiusControl: 6
    readonly property int radiusCard: 10
    readonly property int radiusSheet: 16
    readonly property int target: 36
    readonly property int icon: 20
    readonly property int focusWidth: 2

    readonly property int widthCompact: 900   // below: the sidebar is icons only
    readonly property int widthNarrow: 600    // below: a bottom bar instead

    readonly property int quick: reduceMotion ? 0 : 120
    readonly property int calm: reduceMotion ? 0 : 200
    readonly property int skeletonDelay: 150
    readonly property int controlsDelay: 2500
    readonly property int settle: 500       // before what comes over a page takes clicks
}
