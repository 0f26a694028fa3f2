import QtQuick

// A device in the sidebar, while it is there. Titles that are dropped onto it go to it.
DropNavItem {
    required property string key
    required property string name
    required property string iconName
    required property bool present
    visible: present
    text: name
    symbol: iconName
}
