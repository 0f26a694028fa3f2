import QtQuick
import QtQuick.Window
import Marea

// A picture of the library, fetched at the width it is shown with and with its corners cut; a tinted plate with an icon
// until it is there, or when there is none.
Item {
    id: artwork
    property string path: ""        // as the server gives it
    property string part: ""        // not empty: of it, "x-y-width-height"
    property string fallback: "film"
    property string initial: ""
    property int radius: Theme.radiusCard
    property bool fade: true
    readonly property bool ready: image.status === Image.Ready

    Rectangle {
        anchors.fill: parent
        visible: !artwork.ready || image.opacity < 1
        radius: artwork.radius
        gradient: Gradient {
            GradientStop { position: 0; color: Theme.plateTop }
            GradientStop { position: 1; color: Theme.plateBottom }
        }
        Icon {
            anchors.centerIn: parent
            visible: artwork.initial === ""
            name: artwork.fallback
            color: Theme.disabled
            size: Math.max(16, Math.min(parent.width, parent.height) * 0.28)
        }
        Label {
            anchors.centerIn: parent
            visible: artwork.initial !== ""
            text: artwork.initial
            color: Theme.disabled
            weight: Font.DemiBold
            font.pixelSize: Math.max(12, parent.width * 0.34)
        }
    }
    Image {
        id: image
        anchors.fill: parent
        asynchronous: true
        sourceSize: Qt.size(Math.round(artwork.width * Screen.devicePixelRatio), Math.round(artwork.height * Screen.devicePixelRatio))
        source: artwork.path === "" || artwork.width < 1 || artwork.height < 1 ? ""
              : "image://artwork/" + Math.round(artwork.radius * Screen.devicePixelRatio) + (artwork.part === "" ? "" : "-" + artwork.part) + artwork.path
        opacity: status === Image.Ready ? 1 : 0
        Behavior on opacity { enabled: artwork.fade; NumberAnimation { duration: Theme.calm; easing.type: Easing.OutQuad } }
        Accessible.ignored: true
    }
}
